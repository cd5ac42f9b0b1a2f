namespace Breakwater.Core.Identity;

/// <summary>Whose token of another issuer stands for a service principal.</summary>
public sealed record FederatedCredential
{
    public required Guid Id { get; init; }
    public required Guid PrincipalId { get; init; }
    public required string Name { get; init; }

    /// <summary>Exactly as the token's <c>iss</c> has it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Exactly as the token's <c>sub</c> has it; there are no wildcards.</summary>
    public required string Subject { get; init; }

    /// <summary>One of the token's <c>aud</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>What other claims must be, as <see cref="ClaimsExpression"/> reads it; null: anything.</summary>
    public required string? Expression { get; init; }

    public required string? Description { get; init; }
}
