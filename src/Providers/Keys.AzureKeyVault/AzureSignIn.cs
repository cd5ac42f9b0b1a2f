using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Breakwater.Core.Keys;
using Microsoft.Identity.Client;

namespace Breakwater.Keys.AzureKeyVault;

/// <summary>Tokens for vaults, by Azure.Identity's credentials over the guarded client. Managed identities are not among them: their tokens come from an address that nothing here connects to.</summary>
internal sealed class AzureSignIn(KeyStoreEntry entry, AzureKeyOptions options, HttpClient http)
{
    // The credential keeps tokens until they end.
    private TokenCredential? _credential;

    /// <exception cref="KeyUnavailableException"><c>Refused</c>: the application may not sign in; <c>Unreachable</c>.</exception>
    public async Task<string> TokenAsync(string scope, CancellationToken cancellationToken)
    {
        var credential = _credential ??= Create();
        try
        {
            return (await credential.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken)).Token;
        }
        catch (AuthenticationFailedException e)
        {
            // The secret's file may hold another one by now.
            _credential = null;
            throw IsRefusal(e)
                ? KeyUnavailableException.Refused($"The application of the key store '{entry.Name}' may not sign in.", e)
                : KeyUnavailableException.Unreachable($"Where the application of the key store '{entry.Name}' signs in does not answer.", e);
        }
    }

    /// <summary>The next token comes from a sign-in of its own.</summary>
    public void Forget() => _credential = null;

    // An answer that does not ask to come again.
    private static bool IsRefusal(AuthenticationFailedException e) => e.InnerException is MsalServiceException { IsRetryable: false, StatusCode: >= 400 and < 500 and not 408 and not 429 };

    private TokenCredential Create()
    {
        if (options.ClientSecretFile is { } secret)
            return new ClientSecretCredential(options.TenantId, options.ClientId, entry.ReadSecret(secret).Reveal(), With(new ClientSecretCredentialOptions { DisableInstanceDiscovery = true }));
        if (options.ClientCertificateFile is { } certificate)
            return new ClientCertificateCredential(options.TenantId, options.ClientId, entry.PathOf(certificate), With(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = true }));
        return new WorkloadIdentityCredential(With(new WorkloadIdentityCredentialOptions
        {
            TenantId = options.TenantId,
            ClientId = options.ClientId,
            TokenFilePath = entry.PathOf(options.FederatedTokenFile!),
            DisableInstanceDiscovery = true,
        }));
    }

    private T With<T>(T given)
        where T : TokenCredentialOptions
    {
        given.Transport = new HttpClientTransport(http);
        given.AuthorityHost = options.AuthorityHost ?? AzureAuthorityHosts.AzurePublicCloud;
        given.Retry.MaxRetries = 1;
        return given;
    }
}
