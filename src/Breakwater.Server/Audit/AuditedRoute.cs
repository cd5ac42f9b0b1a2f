using Breakwater.Core.Access;
using Breakwater.Server.Access;

namespace Breakwater.Server.Audit;

/// <summary>Every endpoint has one: what its requests mean in the audit log. A route that the table does not name is a read.</summary>
internal sealed class AuditedRoute
{
    private const string TokenRoot = "/oauth2/", Repository = RepositoryRoutes.Distribution, Acr = RepositoryRoutes.AcrDataPlane, Deleted = RepositoryRoutes.AcrDeleted;

    private static readonly Dictionary<(string Method, string Path), AuditRule> Rules = new()
    {
        [("GET", Repository + "/manifests/{reference}")] = AuditRule.Pull,
        [("PUT", Repository + "/manifests/{reference}")] = AuditRule.Push,
        [("DELETE", Repository + "/manifests/{reference}")] = AuditRule.Delete,
        [("GET", Repository + "/blobs/{digest}")] = AuditRule.Pull,
        [("DELETE", Repository + "/blobs/{digest}")] = AuditRule.Delete,
        [("POST", Repository + "/blobs/uploads/")] = AuditRule.Push,
        [("PATCH", Repository + "/blobs/uploads/{id}")] = AuditRule.Push,
        [("PUT", Repository + "/blobs/uploads/{id}")] = AuditRule.Push,
        [("PATCH", Acr)] = AuditRule.Update,
        [("DELETE", Acr)] = AuditRule.Delete,
        [("PATCH", Acr + "/_tags/{tag}")] = AuditRule.Update,
        [("DELETE", Acr + "/_tags/{tag}")] = AuditRule.Untag,
        [("PATCH", Acr + "/_manifests/{digest}")] = AuditRule.Update,
        [("POST", Deleted + "/_manifests/{digest}")] = AuditRule.Restore,
    };

    private readonly AuditRule? _get, _head, _put, _post, _patch, _delete;

    private AuditedRoute(Func<string, AuditRule?> rule) =>
        (_get, _head, _put, _post, _patch, _delete) = (rule("GET"), rule("HEAD"), rule("PUT"), rule("POST"), rule("PATCH"), rule("DELETE"));

    public static AuditedRoute Of(string path, AccessDemand demand) => demand switch
    {
        ManagementDemand management when AuditRule.Management(management.Action) is var rule => new AuditedRoute(_ => rule),
        SignedInDemand => new AuditedRoute(_ => AuditRule.Management(ManagementActions.SubscriptionsRead)),
        SignedDemand => new AuditedRoute(method => HttpMethods.IsGet(method) ? AuditRule.Pull : AuditRule.Read),
        OpenDemand => new AuditedRoute(_ => path.StartsWith(TokenRoot, StringComparison.Ordinal) ? AuditRule.Login : AuditRule.SignIn),
        _ => new AuditedRoute(method => Rules.GetValueOrDefault((method, path), AuditRule.Read)),
    };

    /// <summary>Null when nothing of it is recorded.</summary>
    public AuditRule? For(string method) =>
        HttpMethods.IsGet(method) ? _get
        : HttpMethods.IsHead(method) ? _head
        : HttpMethods.IsPut(method) ? _put
        : HttpMethods.IsPost(method) ? _post
        : HttpMethods.IsPatch(method) ? _patch
        : HttpMethods.IsDelete(method) ? _delete
        : null;
}
