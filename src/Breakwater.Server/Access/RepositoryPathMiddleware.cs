using Breakwater.Oci;
using Breakwater.Server.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Access;

/// <summary>
/// Repository names hold slashes and routes cannot have a catch-all in their middle, so <c>/v2/&lt;name&gt;/&lt;tail&gt;</c> becomes the inner
/// form <c>/v2/~/&lt;tail&gt;</c> and the name a feature; likewise <c>/acr/v1</c> and <c>/acr/v1/_deleted</c>. Everything after it, authorization included, sees one decoded name.
/// </summary>
/// <remarks>
/// The inner form cannot be reached from outside: what a client sends is judged as sent, before escapes, letter case and dot segments are
/// resolved, and only this class sets the feature without which the gate knows no repository. Refusals here look at the text of the
/// path alone, so they tell an anonymous caller nothing.
/// </remarks>
internal sealed class RepositoryPathMiddleware(RequestDelegate next)
{
    private const string Prefix = "/v2/", Root = "/v2", AcrPrefix = "/acr/v1/", AcrRoot = "/acr";

    public Task InvokeAsync(HttpContext context)
    {
        var path = RequestTarget.PathOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (!path.StartsWith(Prefix) && path is not Root && !path.StartsWith(AcrPrefix))
            return IsOurs(context.Request.Path) ? OciAnswer.WriteAsync(context, OciErrors.NotFound) : next(context);

        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        if (path is Prefix or Root or "/v2/_catalog" or "/acr/v1/_catalog" or "/acr/v1/_deleted/_catalog")
            return next(context);
        var result = RepositoryPathSplitter.Split(path);
        return result.Kind switch
        {
            PathSplitKind.Ok => RewriteAsync(context, result.Path!),
            PathSplitKind.Malformed => OciAnswer.WriteAsync(context, OciErrors.RequestMalformed),
            PathSplitKind.NameInvalid => OciAnswer.WriteAsync(context, OciErrors.NameInvalid),
            _ => OciAnswer.WriteAsync(context, OciErrors.NotFound),
        };
    }

    /// <summary>Routing compares without regard to case and after decoding; a path that gets here only in that way is none of ours.</summary>
    private static bool IsOurs(PathString path) =>
        path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(AcrRoot, StringComparison.OrdinalIgnoreCase);

    private Task RewriteAsync(HttpContext context, RepositoryPath path)
    {
        context.Features.Set<IRepositoryFeature>(new RepositoryFeature(path.Repository));
        var inner = RepositoryRoutes.Of(path.Api);
        context.Request.Path = new PathString(path.Tail.Length == 0 ? inner : $"{inner}/{path.Tail}");
        return next(context);
    }
}
