using Breakwater.Client.Errors;

namespace Breakwater.Client.SignIn;

/// <summary>Somebody who has signed in: gives the token for an audience, renewing it where it has ended, and keeps what has changed.</summary>
/// <param name="proof">Null for people, and for service principals whose secret is not at hand.</param>
/// <param name="keeper">Null: nothing is kept.</param>
public sealed class Session(IssuerClient issuer, SignInState state, IProof? proof, ISignInKeeper? keeper, TimeProvider clock)
{
    public SignInState State { get; private set; } = state;

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.NotSignedIn"/> when the sign-in has ended.</exception>
    public async Task<string> GetTokenAsync(Audience audience, CancellationToken stop)
    {
        if (!IsGood(State, audience))
            await InTurnAsync((now, isKept) => RenewAsync(now, isKept, audience, stop), stop);
        return State.Access[audience].Value;
    }

    /// <summary>A token for the exchange. Registries take the management plane's too, so that a proof that counts once is enough.</summary>
    public Task<string> GetExchangeableAsync(CancellationToken stop) =>
        GetTokenAsync(proof is { CountsOnce: true } && IsGood(State, Audience.Management) ? Audience.Management : Audience.Registry, stop);

    /// <summary>A registry's refresh token that is still good; null when there is none.</summary>
    public HeldToken? FindRegistry(string loginServer) => State.Registries.GetValueOrDefault(loginServer) is { } held && held.IsGood(clock.GetUtcNow()) ? held : null;

    public Task KeepRegistryAsync(string loginServer, HeldToken token, CancellationToken stop) =>
        InTurnAsync((now, _) => Task.FromResult(now with { Registries = With(now.Registries, loginServer, token) }), stop);

    /// <summary>Forgets a token that the server does not take any more. One that another program has got meanwhile stays.</summary>
    public Task DropRegistryAsync(string loginServer, CancellationToken stop)
    {
        var dropped = State.Registries.GetValueOrDefault(loginServer);
        return InTurnAsync((now, _) => Task.FromResult(now with { Registries = now.Registries.Where(pair => pair.Key != loginServer || pair.Value != dropped).ToDictionary() }), stop);
    }

    // What this program has read may be long out of date: the change is made to what is kept now.
    private async Task InTurnAsync(Func<SignInState, bool, Task<SignInState>> change, CancellationToken stop)
    {
        using var turn = keeper is null ? null : await keeper.TakeTurnAsync(stop);
        var kept = keeper?.Read();
        State = await change(kept ?? State, keeper is null || kept is not null);
        if (kept is not null && !ReferenceEquals(kept, State))
            keeper!.Write(State);
    }

    private async Task<SignInState> RenewAsync(SignInState now, bool isKept, Audience audience, CancellationToken stop)
    {
        if (!isKept)
            throw Ended(null);
        if (IsGood(now, audience))
            return now;
        var issued = await IssueAsync(now, audience, stop);
        return now with { RefreshToken = issued.Refresh ?? now.RefreshToken, Access = With(now.Access, audience, issued.Access) };
    }

    private async Task<IssuedTokens> IssueAsync(SignInState now, Audience audience, CancellationToken stop)
    {
        try
        {
            var issued = now.RefreshToken is { } refresh
                ? await issuer.WithRefreshTokenAsync(refresh, audience, stop)
                : proof is null ? null : await proof.ProveAsync(issuer, audience, stop);
            return issued ?? throw Ended(null);
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.NotSignedIn && e.Status is not null)
        {
            throw Ended(e);
        }
    }

    private bool IsGood(SignInState now, Audience audience) => now.Access.TryGetValue(audience, out var held) && held.IsGood(clock.GetUtcNow());

    private BreakwaterException Ended(BreakwaterException? inner) => new(
        ErrorKind.NotSignedIn,
        inner is null ? $"The sign-in of {State.Account} has ended." : $"The sign-in of {State.Account} has ended: {inner.Message}",
        "Sign in again with 'breakwater login'.",
        inner)
    { Code = inner?.Code, Status = inner?.Status, CorrelationId = inner?.CorrelationId };

    private static Dictionary<TKey, HeldToken> With<TKey>(Dictionary<TKey, HeldToken> old, TKey key, HeldToken token)
        where TKey : notnull => new(old) { [key] = token };
}
