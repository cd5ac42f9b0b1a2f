using Breakwater.Core.Registries;
using Breakwater.Oci;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Tokens;

/// <summary>Which registry a token request is for, and what its <c>service</c> must be.</summary>
internal static class RegistryService
{
    /// <exception cref="OciException"><c>MisdirectedRequest</c>: there is no registry of that name.</exception>
    public static Registry Of(HttpContext context, RegistryDirectory registries) =>
        registries.Resolve(context.Request.Host.Value ?? "") ?? throw new OciException(OciErrors.MisdirectedRequest);

    /// <summary>
    /// The host that the request came by, as the challenge said. So a registry with several names has an audience for each, and a token
    /// that leaked to whoever controls one name is worth nothing under another.
    /// </summary>
    /// <exception cref="OciException"><c>BadRequest</c>: another service is named.</exception>
    public static string AudienceOf(HttpContext context, StringValues service)
    {
        var host = context.Request.Host.Value ?? "";
        if (service is not ([] or [""]) && (service.Count != 1 || !host.Equals(service[0], StringComparison.OrdinalIgnoreCase)))
            throw new OciException(OciErrors.BadRequest, $"The service must be the host of this request, {host}. Ask the host that the token is for.");
        return host;
    }
}
