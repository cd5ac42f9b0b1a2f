namespace Breakwater.Client.SignIn;

/// <summary>How a service principal proves itself again when a token has ended: by a secret or by an assertion that is at hand.</summary>
public interface IProof
{
    /// <summary>Null when nothing is at hand any more.</summary>
    Task<IssuedTokens?> ProveAsync(IssuerClient issuer, Audience audience, CancellationToken stop);
}
