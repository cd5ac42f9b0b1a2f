using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Policies;

/// <summary>What is to change of a registry's policies; null leaves a member as it is, a list comes whole.</summary>
public sealed record PolicyChange(
    SigningPolicy? Signing = null, ImmutableArray<WriteOnceRule>? WriteOnce = null, ImmutableArray<string>? AnonymousRepositories = null, bool? RefusesManagementTokens = null,
    RetentionChange? Retention = null, SoftDeleteChange? SoftDelete = null)
{
    /// <exception cref="InvalidValueException">A list is too long, a pattern can match nothing, or a number is out of its range.</exception>
    internal RegistryPolicies Apply(RegistryPolicies before, DateTimeOffset now)
    {
        if (WriteOnce is { Length: > WriteOnceRule.MaxCount })
            throw new InvalidValueException($"A registry has at most {WriteOnceRule.MaxCount} rules about tags.");
        if (AnonymousRepositories is { Length: > RegistryPolicies.MaxAnonymousRepositories })
            throw new InvalidValueException($"At most {RegistryPolicies.MaxAnonymousRepositories} patterns name repositories that are open to everybody.");
        if (AnonymousRepositories?.FirstOrDefault(pattern => !RepositoryPattern.IsValid(pattern)) is not null)
            throw new InvalidValueException("What is open to everybody must be a repository's name, * or a name that ends in /*.");
        return new RegistryPolicies
        {
            RefusesManagementTokens = RefusesManagementTokens ?? before.RefusesManagementTokens,
            Signing = Signing ?? before.Signing,
            WriteOnce = WriteOnce ?? before.WriteOnce,
            Retention = Retention?.Apply(before.Retention, now) ?? before.Retention,
            SoftDelete = SoftDelete?.Apply(before.SoftDelete, now) ?? before.SoftDelete,
            AnonymousRepositories = AnonymousRepositories ?? before.AnonymousRepositories,
        };
    }
}
