using Breakwater.Core.Access;
using Breakwater.Core.Blobs;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Guards;

namespace Breakwater.Server.Distribution;

/// <summary>
/// Dedicated data endpoints: where they are on, a pull of a blob is answered with a signed address at a host for blobs alone.
/// https://learn.microsoft.com/azure/container-registry/container-registry-dedicated-data-endpoints
/// </summary>
internal sealed class DataRedirect(DataAddresses addresses, RegistryDirectory registries)
{
    public const string Path = "/data/";

    /// <exception cref="OciException"><c>BlobUnknown</c></exception>
    public async Task AnswerAsync(HttpContext context, RepositoryAccess access, Digest digest)
    {
        var query = await addresses.SignAsync(access, digest, context.RequestAborted) ?? throw new OciException(OciErrors.BlobUnknown);
        var (request, response) = (context.Request, context.Response);
        var host = request.Host.Value ?? "";
        response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        response.Headers.Location = $"{request.Scheme}://{registries.DataHostOf(access.Registry)}{host[AllowedHosts.NameOf(host).Length..]}{Path}{digest}?{query}";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = 0;
    }
}
