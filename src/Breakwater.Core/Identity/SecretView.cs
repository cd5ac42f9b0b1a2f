namespace Breakwater.Core.Identity;

/// <summary>What is known of a secret that is not shown any more.</summary>
public sealed record SecretView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Hint { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required DateTimeOffset? LastUsedAt { get; init; }
}
