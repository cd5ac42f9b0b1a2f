namespace Breakwater.Core.Identity;

/// <summary>What is known of a token's password.</summary>
public sealed record ScopedTokenPassword
{
    public required Guid TokenId { get; init; }

    /// <summary>password1 or password2.</summary>
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
