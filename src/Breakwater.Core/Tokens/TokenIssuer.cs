using System.Collections.Immutable;
using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Tokens;

/// <summary>
/// Issues tokens for what is both asked for and granted. Asking for too much is no error: the registry answers when the right is
/// needed. https://distribution.github.io/distribution/spec/auth/token/
/// </summary>
public sealed class TokenIssuer(RegistryTokens tokens)
{
    /// <param name="audience">The host and port that the token is for.</param>
    /// <param name="scopes">One or more scopes each, separated by spaces.</param>
    /// <exception cref="OciException"><c>BadRequest</c> for more repositories than a token holds.</exception>
    public IssuedToken Issue(Caller caller, Registry registry, string audience, IEnumerable<string?> scopes)
    {
        var onRegistry = RegistryActions.SignIn;
        var onRepositories = new Dictionary<RepositoryName, RepositoryActions>();
        foreach (var scope in Parse(scopes))
        {
            onRegistry |= scope.RegistryActions;
            if (scope.Repository is { } repository)
                onRepositories[repository] = onRepositories.GetValueOrDefault(repository) | scope.Actions;
            if (onRepositories.Count > TokenDefaults.MaxRepositories)
                throw new OciException(OciErrors.BadRequest, $"A token is for at most {TokenDefaults.MaxRepositories} repositories. Ask for fewer scopes at a time.");
        }
        return tokens.Mint(caller, registry, audience, Grant(caller, registry, onRegistry, onRepositories));
    }

    private static TokenLimit Grant(Caller caller, Registry registry, RegistryActions onRegistry, Dictionary<RepositoryName, RepositoryActions> onRepositories)
    {
        var grants = ImmutableArray.CreateBuilder<TokenGrant>(onRepositories.Count);
        foreach (var (repository, requested) in onRepositories)
        {
            var granted = WithSigning(requested) & AccessDecider.Decide(caller.Principal, caller.Rights, registry, repository, caller.Limit).Repository;
            if (granted != RepositoryActions.None)
                grants.Add(new TokenGrant(repository, granted));
        }
        var rights = AccessDecider.Decide(caller.Principal, caller.Rights, registry, repository: null, caller.Limit);
        return new TokenLimit(onRegistry & rights.Registry, grants.ToImmutable());
    }

    // Clients ask for what they know: cosign, notation and skopeo for pushing, az for deleting.
    private static RepositoryActions WithSigning(RepositoryActions requested) =>
        (requested & (RepositoryActions.Push | RepositoryActions.Delete)) != 0 ? requested | RepositoryActions.Sign : requested;

    private static IEnumerable<TokenScope> Parse(IEnumerable<string?> scopes) => scopes
        .SelectMany(text => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(text => TokenScope.Parse(text))
        .OfType<TokenScope>();
}
