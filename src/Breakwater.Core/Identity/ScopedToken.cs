namespace Breakwater.Core.Identity;

/// <summary>A repository-scoped token: a name to sign in with that is good for what its scope map says.</summary>
public sealed record ScopedToken
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The name of its scope map.</summary>
    public required string ScopeMap { get; init; }
    public required bool Enabled { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
