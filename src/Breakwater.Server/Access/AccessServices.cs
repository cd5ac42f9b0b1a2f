using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Events;
using Breakwater.Core.Identity;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Tiers;
using Breakwater.Core.Tokens;
using Breakwater.Core.Usage;
using Breakwater.Server.Audit;
using Breakwater.Server.Graph;
using Breakwater.Server.Issuer;
using Breakwater.Server.Management;
using Breakwater.Server.Management.OpenApi;
using Breakwater.Server.Network;
using Breakwater.Server.Tokens;

namespace Breakwater.Server.Access;

/// <summary>Registers and starts signing in. Needs a metadata database, the private listeners, a key ring, a secret box, the registries with their tiers, their eraser and their purge, an installation scope, an outbox, an egress guard, an import runner and a clock.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, LoginLimits limits)
    {
        services.AddSingleton(limits);
        services.AddSingleton(_ => new PasswordHasher());
        services.AddSingleton(_ => new HashingQueue());
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<PrincipalDirectory>();
        services.AddSingleton<UserAccounts>();
        services.AddSingleton<ServicePrincipals>();
        services.AddSingleton<DirectoryGroups>();
        services.AddSingleton<RoleAssignments>();
        services.AddSingleton<CustomRoles>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<RegistryTokens>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<RequestAuthenticator>();
        services.AddSingleton<RoleDefinitionEndpoints>();
        services.AddSingleton<RoleAssignmentEndpoints>();
        services.AddSingleton<AdminUsers>();
        services.AddSingleton<RegistryKeys>();
        services.AddSingleton<RegistryStore>();
        services.AddSingleton<ResourceGroupStore>();
        services.AddSingleton<ScopeMaps>();
        services.AddSingleton<ScopedTokens>();
        services.AddSingleton<RegistryUsage>();
        services.AddSingleton<RequestThrottle>();
        services.AddSingleton<PrivateEndpoints>();
        services.AddSingleton<ConnectionDecisions>();
        services.AddSingleton<NetworkGate>();
        services.AddSingleton<SubnetResource>();
        services.AddSingleton<SubnetEndpoints>();
        services.AddSingleton<PrivateEndpointResource>();
        services.AddSingleton<PrivateEndpointEndpoints>();
        services.AddSingleton<PrivateConnectionEndpoints>();
        services.AddSingleton<RegistryIdentities>();
        services.AddSingleton<RegistryResource>();
        services.AddSingleton<RegistryEndpoints>();
        services.AddSingleton<RegistryCredentialEndpoints>();
        services.AddSingleton<RegistryUsageEndpoints>();
        services.AddSingleton<UsageReader>();
        services.AddSingleton<UsageEndpoints>();
        services.AddSingleton<DeletedRegistryEndpoints>();
        services.AddSingleton<PurgeRecords>();
        services.AddSingleton<PurgeEndpoint>();
        services.AddSingleton<RootKeyRotations>();
        services.AddSingleton<RootKeyEndpoints>();
        services.AddSingleton<BinPurgeEndpoint>();
        services.AddSingleton<ProviderEndpoints>();
        services.AddSingleton<SubscriptionEndpoints>();
        services.AddSingleton<ResourceGroupEndpoints>();
        services.AddSingleton<CloudMetadataEndpoint>();
        services.AddSingleton<ApiDocumentEndpoint>();
        services.AddSingleton<ScopeMapEndpoints>();
        services.AddSingleton<TokenResourceEndpoints>();
        services.AddSingleton<Webhooks>();
        services.AddSingleton<WebhookEvents>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<WebhookEventEndpoints>();
        services.AddSingleton<ImportEndpoints>();
        services.AddSingleton<DirectoryViews>();
        services.AddSingleton<UserEndpoints>();
        services.AddSingleton<GroupEndpoints>();
        services.AddSingleton<ServicePrincipalEndpoints>();
        services.AddSingleton<FederatedCredentialEndpoints>();
        services.AddSingleton<ManagedIdentities>();
        services.AddSingleton<IdentityEndpoints>();
        services.AddSingleton<IdentityCredentialEndpoints>();
        services.AddSingleton<RecentRefusals>();
        services.AddSingleton<WhatIf>();
        services.AddSingleton<DecisionEndpoints>();
        services.AddSingleton<TokenEndpoints>();
        services.AddSingleton<ExchangeEndpoint>();
        services.AddSingleton<SigningKeyEndpoint>();
        services.AddIssuer();
        return services;
    }

    /// <summary>Reads users and signing keys; before it nobody can sign in.</summary>
    public static async Task LoadAccessAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<PrincipalDirectory>().LoadAsync();
        await services.GetRequiredService<ScopeMaps>().EnsureSystemAsync();
        await services.GetRequiredService<SigningKeyRing>().LoadAsync(cancellationToken);
        await services.GetRequiredService<SignInSessions>().LoadAsync();
        await services.GetRequiredService<PrivateConnections>().LoadAsync();
        await services.GetRequiredService<IssuerKey>().LoadAsync(cancellationToken);
    }

    /// <summary>Every route but those of content.</summary>
    public static void MapAccess(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        services.GetRequiredService<TokenEndpoints>().Map(endpoints);
        services.GetRequiredService<ExchangeEndpoint>().Map(endpoints);
        services.GetRequiredService<SigningKeyEndpoint>().Map(endpoints);
        services.GetRequiredService<IssuerEndpoints>().Map(endpoints);
        services.GetRequiredService<RoleDefinitionEndpoints>().Map(endpoints);
        services.GetRequiredService<RoleAssignmentEndpoints>().Map(endpoints);
        services.GetRequiredService<CloudMetadataEndpoint>().Map(endpoints);
        services.GetRequiredService<ApiDocumentEndpoint>().Map(endpoints);
        services.GetRequiredService<SubscriptionEndpoints>().Map(endpoints);
        services.GetRequiredService<ResourceGroupEndpoints>().Map(endpoints);
        services.GetRequiredService<RegistryEndpoints>().Map(endpoints);
        services.GetRequiredService<RegistryCredentialEndpoints>().Map(endpoints);
        services.GetRequiredService<RegistryUsageEndpoints>().Map(endpoints);
        services.GetRequiredService<UsageEndpoints>().Map(endpoints);
        services.GetRequiredService<DeletedRegistryEndpoints>().Map(endpoints);
        services.GetRequiredService<PurgeEndpoint>().Map(endpoints);
        services.GetRequiredService<RootKeyEndpoints>().Map(endpoints);
        services.GetRequiredService<BinPurgeEndpoint>().Map(endpoints);
        services.GetRequiredService<ProviderEndpoints>().Map(endpoints);
        services.GetRequiredService<ScopeMapEndpoints>().Map(endpoints);
        services.GetRequiredService<TokenResourceEndpoints>().Map(endpoints);
        services.GetRequiredService<WebhookEndpoints>().Map(endpoints);
        services.GetRequiredService<WebhookEventEndpoints>().Map(endpoints);
        services.GetRequiredService<ImportEndpoints>().Map(endpoints);
        services.GetRequiredService<PrivateEndpointEndpoints>().Map(endpoints);
        services.GetRequiredService<SubnetEndpoints>().Map(endpoints);
        services.GetRequiredService<PrivateConnectionEndpoints>().Map(endpoints);
        services.GetRequiredService<UserEndpoints>().Map(endpoints);
        services.GetRequiredService<GroupEndpoints>().Map(endpoints);
        services.GetRequiredService<ServicePrincipalEndpoints>().Map(endpoints);
        services.GetRequiredService<AuditEndpoints>().Map(endpoints);
        services.GetRequiredService<DecisionEndpoints>().Map(endpoints);
        services.GetRequiredService<FederatedCredentialEndpoints>().Map(endpoints);
        services.GetRequiredService<IdentityEndpoints>().Map(endpoints);
        services.GetRequiredService<IdentityCredentialEndpoints>().Map(endpoints);
    }

    /// <summary>Repository path, routing, gate: in this order, and nothing may stand between the last two.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app)
    {
        // Else the web host puts ASP.NET's authentication in front of everything, once anything has registered a scheme. The issuer has one.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseMiddleware<RepositoryPathMiddleware>();
        app.UseRouting();
        app.UseMiddleware<AccessGate>();
        return app;
    }
}
