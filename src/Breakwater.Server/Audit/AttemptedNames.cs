using System.Security.Cryptography;
using System.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Server.Access;

namespace Breakwater.Server.Audit;

/// <summary>
/// What may be said about a name that somebody tried to sign in with. One that nobody has may be a password in the wrong field, so it is
/// not written down; a fingerprint tells whether it was the same name again.
/// </summary>
internal sealed class AttemptedNames(PrincipalDirectory directory, RegistryDirectory registries)
{
    // Of this process: names are guessed too easily to be found again from a plain hash.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <param name="host">Of the request.</param>
    /// <returns>Null when nobody has the name there.</returns>
    public Principal? Find(string? name, string host) => name is null ? null : directory.Find(name, registries.Resolve(host)?.Id ?? Guid.Empty)?.Principal;

    public string? Describe(AuthenticationStatus status, string? name, bool isKnown) => status switch
    {
        AuthenticationStatus.SignedIn => null,
        AuthenticationStatus.TooMany => "Too many failed sign-ins; not looked at.",
        AuthenticationStatus.Malformed => "The credentials are malformed.",
        AuthenticationStatus.InvalidToken => "The token is not valid here or has expired.",
        _ when isKnown => "The password is wrong, or the account is disabled.",
        _ when name is null => "The credentials are wrong.",
        _ => $"No such name (fingerprint {FingerprintOf(name)}).",
    };

    private string FingerprintOf(string name) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
}
