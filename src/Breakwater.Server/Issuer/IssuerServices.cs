using Breakwater.Core.Identity;
using Breakwater.Core.Metadata;
using Breakwater.Core.Tokens;
using Breakwater.Server.Access;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace Breakwater.Server.Issuer;

/// <summary>
/// Registers the issuer: OpenIddict in its degraded mode, where it parses, checks, encrypts and signs as the specifications say and keeps nothing; who
/// the clients and users are, and what was used, is asked of the directory. Needs what <c>AddAccess</c> needs, and the trusted issuers.
/// </summary>
internal static class IssuerServices
{
    public static IServiceCollection AddIssuer(this IServiceCollection services)
    {
        services.AddSingleton(provider => new IssuerPaths(provider.GetRequiredService<InstallationScope>().InstallationId));
        services.AddSingleton(provider => new DirectoryTokens(
            provider.GetRequiredService<SigningKeyRing>(), provider.GetRequiredService<PrincipalDirectory>(), provider.GetRequiredService<SignInSessions>(),
            provider.GetRequiredService<InstallationScope>().InstallationId, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<IssuerSignIn>();
        services.AddSingleton<UsedTokens>();
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton(provider => new FederatedCredentials(
            provider.GetRequiredService<IMetadataDatabase>(), provider.GetRequiredService<PrincipalDirectory>(), provider.GetRequiredService<TrustedIssuers>(),
            provider.GetRequiredService<InstallationScope>().InstallationId, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<UserIdentities>();
        services.AddSingleton<ExternalTokens>();
        services.AddSingleton<ClientAssertions>();
        services.AddSingleton<DeviceSignIns>();
        services.AddSingleton<IssuerKey>();
        services.AddSingleton<IssuerEndpoints>();
        services.AddOpenIddict().AddServer(Configure);
        services.AddOptions<OpenIddictServerOptions>().Configure<IssuerPaths, SigningKeyRing, IssuerKey>(Configure);
        return services;
    }

    private static void Configure(OpenIddictServerBuilder builder)
    {
        builder.EnableDegradedMode()
            .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
            .AllowClientCredentialsFlow().AllowDeviceAuthorizationFlow().AllowPasswordFlow().AllowRefreshTokenFlow()
            .DisableAccessTokenEncryption()
            // What a scope may name is asked by RequestedScopes.
            .DisableScopeValidation()
            .SetAccessTokenLifetime(DirectoryTokenDefaults.AccessLifetime)
            .SetIdentityTokenLifetime(DirectoryTokenDefaults.AccessLifetime)
            .SetRefreshTokenLifetime(DirectoryTokenDefaults.SessionLifetime)
            .SetDeviceCodeLifetime(DeviceSignIns.Lifetime)
            .SetUserCodeLifetime(DeviceSignIns.Lifetime);
        // As with Entra ID: a session buys tokens for each resource, one after the other.
        builder.RemoveEventHandler(Exchange.ValidateGrantedScopes.Descriptor)
            // MSAL names the resource again when it redeems a code; OAuth knows no such parameter there.
            .RemoveEventHandler(Exchange.ValidateScopeParameter.Descriptor);
        // They read an assertion's claims again; AssertionCheck has judged it as a whole, and it may be of another issuer.
        builder.RemoveEventHandler(ValidateClientAssertionWellknownClaims.Descriptor)
            .RemoveEventHandler(ValidateClientAssertionIssuer.Descriptor);
        // Which listener speaks TLS is the operator's decision, for passwords and registry tokens as for these.
        builder.UseAspNetCore().DisableTransportSecurityRequirement();
        AddHandlers(builder);
    }

    private static void AddHandlers(OpenIddictServerBuilder builder) => builder
        .AddEventHandler<ProcessRequestContext>(h => h.UseSingletonHandler<IssuerName>().SetOrder(IssuerName.Order))
        .AddEventHandler<HandleConfigurationRequestContext>(h => h.UseSingletonHandler<DiscoveryDocument>())
        .AddEventHandler<ApplyConfigurationResponseContext>(h => h.UseSingletonHandler<DiscoveryDocument>().SetOrder(DiscoveryDocument.AnswerOrder))
        .AddEventHandler<GenerateTokenContext>(h => h.UseSingletonHandler<CurrentKeys>().SetOrder(CurrentKeys.SigningOrder))
        .AddEventHandler<ValidateTokenContext>(h => h.UseSingletonHandler<CurrentKeys>().SetOrder(CurrentKeys.VerifyingOrder))
        .AddEventHandler<ValidateTokenContext>(h => h.UseSingletonHandler<AssertionCheck>().SetOrder(AssertionCheck.Order))
        .AddEventHandler<ValidateTokenRequestContext>(h => h.UseSingletonHandler<ClientCheck>())
        .AddEventHandler<HandleTokenRequestContext>(h => h.UseSingletonHandler<TokenGrants>())
        .AddEventHandler<ValidateAuthorizationRequestContext>(h => h.UseSingletonHandler<AuthorizationCheck>())
        .AddEventHandler<HandleAuthorizationRequestContext>(h => h.UseSingletonHandler<SignInPage>())
        .AddEventHandler<ValidateDeviceAuthorizationRequestContext>(h => h.UseSingletonHandler<DeviceGrant>())
        .AddEventHandler<GenerateTokenContext>(h => h.UseSingletonHandler<DeviceGrant>().SetOrder(DeviceGrant.GeneratingOrder))
        .AddEventHandler<ApplyDeviceAuthorizationResponseContext>(h => h.UseSingletonHandler<DeviceGrant>().SetOrder(int.MinValue))
        .AddEventHandler<ValidateTokenContext>(h => h.UseSingletonHandler<DeviceGrant>().SetOrder(DeviceGrant.ValidatingOrder))
        .AddEventHandler<ValidateEndUserVerificationRequestContext>(h => h.UseSingletonHandler<DeviceLoginPage>())
        .AddEventHandler<HandleEndUserVerificationRequestContext>(h => h.UseSingletonHandler<DeviceLoginPage>());

    private static void Configure(OpenIddictServerOptions options, IssuerPaths paths, SigningKeyRing keys, IssuerKey key)
    {
        options.ConfigurationEndpointUris.AddRange(paths.Configuration);
        options.AuthorizationEndpointUris.AddRange(paths.Authorization);
        options.TokenEndpointUris.AddRange(paths.Token);
        options.DeviceAuthorizationEndpointUris.AddRange(paths.DeviceAuthorization);
        options.EndUserVerificationEndpointUris.Add(new Uri(IssuerPaths.DeviceLogin, UriKind.Relative));
        options.JsonWebKeySetEndpointUris.Clear();
        options.CodeChallengeMethods.Remove(OpenIddict.Abstractions.OpenIddictConstants.CodeChallengeMethods.Plain);
        // Asked for at the start; what signs is CurrentKeys' matter.
        options.SigningCredentials.Add(keys.Active.Credentials);
        options.EncryptionCredentials.Add(new EncryptingCredentials(
            new SymmetricSecurityKey(key.Value), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }
}
