namespace Breakwater.Client.SignIn;

/// <summary>How a service principal proves itself again when a token has ended: by a secret or by an assertion that is at hand.</summary>
public interface IProof
{
    /// <summary>Whether what is at hand opens one audience only and no second time, as another issuer's token does.</summary>
    bool CountsOnce { get; }

    /// <summary>Null when nothing is at hand any more.</summary>
    Task<IssuedTokens?> ProveAsync(IssuerClient issuer, Audience audience, CancellationToken stop);
}
