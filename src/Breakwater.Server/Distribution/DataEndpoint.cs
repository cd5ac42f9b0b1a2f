using System.Globalization;
using Breakwater.Core.Blobs;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Guards;

namespace Breakwater.Server.Distribution;

/// <summary>The other end of <see cref="DataRedirect"/>. Credentials and cookies that come here are not looked at: clients send on what they have.</summary>
internal sealed class DataEndpoint(BlobEndpoints endpoints, BlobStore blobs, DataAddresses addresses, RegistryDirectory registries, KeyRing keys, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes) => EndpointMapping.Map(routes, "GET HEAD", DataRedirect.Path + "{digest}", new SignedDemand(), GetAsync);

    private async Task GetAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var opened = registries.FindByDataHost(AllowedHosts.NameOf(context.Request.Host.Value ?? "")) is { } registry
            ? await addresses.OpenAsync(registry, context.Request.RouteValues["digest"] as string, name => query[name] is [var value] ? value : null, context.RequestAborted)
            : null;
        if (opened is null)
            throw new OciException(OciErrors.Denied, "The address is not valid here, or has expired. Ask the registry for the blob again.");
        // Small blobs may still be in memory.
        keys.Demand(opened.Access.Registry.Id);
        // For the audit record: whose pull it is.
        context.Features.Set(new AccessFeature(opened.Caller, opened.Access.Registry));
        context.Features.Set<IRepositoryFeature>(new RepositoryFeature(opened.Access.Repository));
        var blob = await blobs.FindAsync(opened.Access, opened.Digest) ?? throw new OciException(OciErrors.BlobUnknown);
        var left = Math.Max(0, (long)(opened.ExpiresAt - clock.GetUtcNow()).TotalSeconds);
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={left}");
        await endpoints.AnswerAsync(context, opened.Access.Registry, blob);
    }
}
