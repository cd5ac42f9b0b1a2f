using System.Collections.Immutable;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>What a Bearer token was issued for. It only ever takes away: its holder's rights are intersected with it.</summary>
public sealed record TokenLimit(RegistryActions Registry, ImmutableArray<TokenGrant> Repositories)
{
    /// <summary>What a token without scopes allows.</summary>
    public static readonly TokenLimit SignInOnly = new(RegistryActions.SignIn, []);

    public RepositoryActions For(RepositoryName repository)
    {
        var actions = RepositoryActions.None;
        foreach (var grant in Repositories)
        {
            if (grant.Repository.Value == repository.Value)
                actions |= grant.Actions;
        }
        return actions;
    }
}
