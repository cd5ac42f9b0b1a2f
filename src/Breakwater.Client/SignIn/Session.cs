using Breakwater.Client.Errors;

namespace Breakwater.Client.SignIn;

/// <summary>Somebody who has signed in: gives the token for an audience, renewing it where it has ended, and tells when what is kept has changed.</summary>
/// <param name="proof">Null for people, and for service principals whose secret is not at hand.</param>
/// <param name="keep">Called with each new state.</param>
public sealed class Session(IssuerClient issuer, SignInState state, IProof? proof, Action<SignInState> keep, TimeProvider clock)
{
    public SignInState State { get; private set; } = state;

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.NotSignedIn"/> when the sign-in has ended.</exception>
    public async Task<string> GetTokenAsync(Audience audience, CancellationToken stop)
    {
        if (State.Access.TryGetValue(audience, out var held) && held.IsGood(clock.GetUtcNow()))
            return held.Value;
        var issued = await RenewAsync(audience, stop);
        Keep(State with { RefreshToken = issued.Refresh ?? State.RefreshToken, Access = With(State.Access, audience, issued.Access) });
        return issued.Access.Value;
    }

    /// <summary>A token for the exchange. Registries take the management plane's too, so that a proof that counts once is enough.</summary>
    public Task<string> GetExchangeableAsync(CancellationToken stop)
    {
        var isHeld = proof is { CountsOnce: true } && State.Access.TryGetValue(Audience.Management, out var held) && held.IsGood(clock.GetUtcNow());
        return GetTokenAsync(isHeld ? Audience.Management : Audience.Registry, stop);
    }

    /// <summary>A registry's refresh token that is still good; null when there is none.</summary>
    public HeldToken? FindRegistry(string loginServer) => State.Registries.GetValueOrDefault(loginServer) is { } held && held.IsGood(clock.GetUtcNow()) ? held : null;

    public void KeepRegistry(string loginServer, HeldToken token) => Keep(State with { Registries = With(State.Registries, loginServer, token) });

    /// <summary>Forgets a token that the server does not take any more.</summary>
    public void DropRegistry(string loginServer) => Keep(State with { Registries = State.Registries.Where(pair => pair.Key != loginServer).ToDictionary() });

    private async Task<IssuedTokens> RenewAsync(Audience audience, CancellationToken stop)
    {
        try
        {
            var issued = State.RefreshToken is { } refresh
                ? await issuer.WithRefreshTokenAsync(refresh, audience, stop)
                : proof is null ? null : await proof.ProveAsync(issuer, audience, stop);
            return issued ?? throw Ended(null);
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.NotSignedIn && e.Status is not null)
        {
            throw Ended(e);
        }
    }

    private BreakwaterException Ended(BreakwaterException? inner) => new(
        ErrorKind.NotSignedIn,
        inner is null ? $"The sign-in of {State.Account} has ended." : $"The sign-in of {State.Account} has ended: {inner.Message}",
        "Sign in again with 'breakwater login'.",
        inner)
    { Code = inner?.Code, Status = inner?.Status, CorrelationId = inner?.CorrelationId };

    private void Keep(SignInState next) => keep(State = next);

    private static Dictionary<TKey, HeldToken> With<TKey>(Dictionary<TKey, HeldToken> old, TKey key, HeldToken token)
        where TKey : notnull => new(old) { [key] = token };
}
