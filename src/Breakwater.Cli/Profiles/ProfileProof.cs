using Breakwater.Cli.Options;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;

namespace Breakwater.Cli.Profiles;

/// <summary>A service principal's secret or foreign token, read again from where the sign-in found it: files and the environment. None of them is kept.</summary>
internal sealed class ProfileProof(Profile profile, Surroundings around) : IProof
{
    public bool CountsOnce => profile.FederatedTokenFile is not null;

    public async Task<IssuedTokens?> ProveAsync(IssuerClient issuer, Audience audience, CancellationToken stop)
    {
        var appId = profile.SignIn.Account;
        if (profile.FederatedTokenFile is { } tokenFile)
            return await issuer.WithAssertionAsync(appId, Read(tokenFile), audience, stop);
        var secret = profile.SecretFile is { } file ? Read(file) : around.Variable(SecretOptions.Variable);
        return string.IsNullOrEmpty(secret) ? null : await issuer.WithSecretAsync(appId, secret, audience, stop);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BreakwaterException(ErrorKind.NotSignedIn, $"The sign-in has ended, and {file} cannot be read to renew it: {e.Message}", "Put the file back, or sign in again with 'breakwater login'.", e);
        }
    }
}
