using Breakwater.Core.Registries;
using Breakwater.Core.Tokens;
using Breakwater.Server.Access;
using Breakwater.Server.Guards;
using Breakwater.Server.Issuer;

namespace Breakwater.Server.Management;

/// <summary>
/// <c>GET /metadata/endpoints</c>: from it <c>az cloud register --endpoint-resource-manager</c> learns everything else. Sign-in is named in the
/// AD FS shape, which every version of az takes without asking Microsoft first.
/// </summary>
internal sealed class CloudMetadataEndpoint(InstallationScope installation, RegistryDirectory registries)
{
    public void Map(IEndpointRouteBuilder endpoints) => new OpenRoutes(endpoints).Map("GET", "/metadata/endpoints", "public metadata", GetAsync);

    private Task GetAsync(HttpContext context)
    {
        var origin = HttpOrigin.Of(context.Request);
        var host = context.Request.Host.Value ?? "";
        var cloud = new
        {
            name = "Breakwater",
            portal = origin,
            authentication = new
            {
                loginEndpoint = $"{origin}/{IssuerPaths.Adfs}",
                audiences = new[] { AudienceNames.Management },
                tenant = installation.InstallationId.ToString("D"),
                identityProvider = "ADFS",
            },
            resourceManager = origin + "/",
            graphAudience = origin + "/graph",
            graph = origin + "/graph",
            microsoftGraphResourceId = origin + "/graph",
            // Versions of az from before 2022 read these.
            graphEndpoint = origin + "/graph",
            galleryEndpoint = origin,
            portalEndpoint = origin,
            // az puts the registry's name before it when it cannot ask which host the registry has.
            suffixes = new { acrLoginServer = registries.Domain + host[AllowedHosts.NameOf(host).Length..] },
        };
        // The oldest versions expect one object, those from 2019 to 2022 a list.
        return ArmJson.WriteAsync(context, (string?)context.Request.Query["api-version"] == "2019-05-01" ? new[] { cloud } : cloud);
    }
}
