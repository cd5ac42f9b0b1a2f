using System.Collections.Immutable;
using Breakwater.Core.Access;

namespace Breakwater.Core.Policies;

/// <summary>What a registry asks of content beyond the rights of who brings it, and what it opens to who has none.</summary>
public sealed record RegistryPolicies
{
    public const int MaxAnonymousRepositories = 100;

    public static readonly RegistryPolicies None = new();

    /// <summary>Whether tokens for the management plane are exchanged too, or only those made for registries. Default: false, they are.</summary>
    public bool RefusesManagementTokens { get; init; }

    public SigningPolicy Signing { get; init; }

    public ImmutableArray<WriteOnceRule> WriteOnce { get; init; } = [];

    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Disabled;

    public SoftDeletePolicy SoftDelete { get; init; } = SoftDeletePolicy.Disabled;

    /// <summary>What everybody may pull, each as <see cref="RepositoryPattern"/>.</summary>
    public ImmutableArray<string> AnonymousRepositories { get; init; } = [];
}
