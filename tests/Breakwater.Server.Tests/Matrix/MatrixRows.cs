using static Breakwater.Server.Tests.Matrix.Need;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>Every endpoint with what it needs. An endpoint without a row fails the test: whoever adds one says here who may use it.</summary>
internal static class MatrixRows
{
    private const string Version = "?api-version=2022-04-01", Index = "application/vnd.oci.image.index.v1+json";
    private const string Subscription = "/subscriptions/{subscription}", Group = Subscription + "/resourceGroups/{group}";
    private const string Registry = Group + "/providers/Microsoft.ContainerRegistry/registries/{registry}";
    private const string Graph = "/graph/v1.0";

    public static readonly IReadOnlyList<MatrixRow> All = [.. Distribution(), .. Acr(), .. DirectoryRows(), .. IdentityRows(), .. Scoped('s'), .. Scoped('g'), .. Scoped('r'), .. Registries(), .. WebhookRows(), .. PrivateEndpointRows(), .. SignedIn(), .. Open(), .. Issuer()];

    /// <summary>Stands for the installation's id, which is another one in every run.</summary>
    public const string Tenant = "INSTALLATION-ID";

    private static IEnumerable<MatrixRow> Distribution()
    {
        yield return Read("GET HEAD", "/v2/", SignIn, _ => "/v2/");
        yield return Read("GET", "/v2/_catalog", Catalog, _ => "/v2/_catalog");
        yield return Read("GET", "/decisions/{id}", SignIn, _ => $"/decisions/{Guid.NewGuid():D}") with { FindsNothing = true };
        yield return Read("GET", "/v2/~/tags/list", Pull, t => $"/v2/{t.Repository}/tags/list");
        yield return Read("GET", "/v2/~/referrers/{digest}", Pull, t => $"/v2/{t.Repository}/referrers/{t.Digest}");
        yield return Read("GET HEAD", "/v2/~/blobs/{digest}", Pull, t => $"/v2/{t.Repository}/blobs/{t.Blob}");
        yield return Read("GET HEAD", "/v2/~/manifests/{reference}", Pull, t => $"/v2/{t.Repository}/manifests/{t.Tag}");
        yield return Change("PUT", "/v2/~/manifests/{reference}", Pull | Push, 'r', t => new Sent($"/v2/{t.Repository}/manifests/new{Guid.NewGuid():N}", Bytes: MatrixTargets.Manifest(), Type: Index));
        yield return Change("DELETE", "/v2/~/manifests/{reference}", Delete, 'r', t => new Sent($"/v2/{t.Repository}/manifests/{t.Tag}"), (m, t) => m.ManifestAsync(t));
        yield return Change("DELETE", "/v2/~/blobs/{digest}", Delete, 'r', t => new Sent($"/v2/{t.Repository}/blobs/{t.Blob}"), (m, t) => m.BlobAsync(t));
        // A session is in memory until there is much of it.
        yield return Change("POST", "/v2/~/blobs/uploads/", Pull | Push, 'r', t => new Sent($"/v2/{t.Repository}/blobs/uploads/")) with { Changes = false };
        yield return Read("GET", "/v2/~/blobs/uploads/{id}", Pull | Push, t => $"/v2/{t.Repository}/blobs/uploads/{t.Upload}");
        yield return Change("PATCH", "/v2/~/blobs/uploads/{id}", Pull | Push, 'r', t => new Sent($"/v2/{t.Repository}/blobs/uploads/{t.Upload}", Bytes: [1]), (m, t) => m.UploadAsync(t)) with { Changes = false };
        yield return Change("PUT", "/v2/~/blobs/uploads/{id}", Pull | Push, 'r', t => MatrixTargets.Commit(t), (m, t) => m.UploadAsync(t));
        yield return Change("DELETE", "/v2/~/blobs/uploads/{id}", Pull | Push, 'r', t => new Sent($"/v2/{t.Repository}/blobs/uploads/{t.Upload}"), (m, t) => m.UploadAsync(t)) with { Changes = false };
    }

    private static IEnumerable<MatrixRow> Acr()
    {
        const string Root = "/acr/v1/~";
        var locked = new { listEnabled = false };
        yield return Read("GET", "/acr/v1/_catalog", Catalog, _ => "/acr/v1/_catalog");
        yield return Read("GET", Root, MetadataRead, t => $"/acr/v1/{t.Repository}");
        yield return Change("PATCH", Root, MetadataWrite, 'r', t => new Sent($"/acr/v1/{t.Repository}", locked), (m, t) => m.RepositoryAsync(t));
        yield return Change("DELETE", Root, Delete, 'r', t => new Sent($"/acr/v1/{t.Repository}"), (m, t) => m.RepositoryAsync(t));
        yield return Read("GET", Root + "/_tags", MetadataRead, t => $"/acr/v1/{t.Repository}/_tags");
        yield return Read("GET", Root + "/_tags/{tag}", MetadataRead, t => $"/acr/v1/{t.Repository}/_tags/{t.Tag}");
        yield return Change("PATCH", Root + "/_tags/{tag}", MetadataWrite, 'r', t => new Sent($"/acr/v1/{t.Repository}/_tags/{t.Tag}", locked), (m, t) => m.ManifestAsync(t));
        yield return Change("DELETE", Root + "/_tags/{tag}", Delete, 'r', t => new Sent($"/acr/v1/{t.Repository}/_tags/{t.Tag}"), (m, t) => m.ManifestAsync(t));
        yield return Read("GET", Root + "/_manifests", MetadataRead, t => $"/acr/v1/{t.Repository}/_manifests");
        yield return Read("GET", Root + "/_manifests/{digest}", MetadataRead, t => $"/acr/v1/{t.Repository}/_manifests/{t.Digest}");
        yield return Change("PATCH", Root + "/_manifests/{digest}", MetadataWrite, 'r', t => new Sent($"/acr/v1/{t.Repository}/_manifests/{t.Digest}", locked), (m, t) => m.ManifestAsync(t));
        const string Bin = "/acr/v1/_deleted";
        yield return Read("GET", Bin + "/_catalog", DeletedCatalog, _ => Bin + "/_catalog");
        yield return Read("GET", Bin + "/~/_tags", DeletedRead, t => $"{Bin}/{t.Repository}/_tags");
        yield return Read("GET", Bin + "/~/_manifests", DeletedRead, t => $"{Bin}/{t.Repository}/_manifests");
        yield return Change("POST", Bin + "/~/_manifests/{digest}", DeletedRestore, 'r', t => new Sent($"{Bin}/{t.Repository}/_manifests/{t.Deleted}", new { tag = t.Tag }), (m, t) => m.DeletedAsync(t));
    }

    private static IEnumerable<MatrixRow> DirectoryRows()
    {
        const string Users = Graph + "/users", Groups = Graph + "/groups";
        yield return Look(Users, DirectoryRead, 's', _ => Users);
        yield return Change("POST", Users, DirectoryWrite, 's', _ => new Sent(Users, MatrixTargets.NewUser()));
        yield return Look(Users + "/{id}", DirectoryRead, 's', t => $"{Users}/{t.User}");
        yield return Change("PATCH", Users + "/{id}", DirectoryWrite, 's', t => new Sent($"{Users}/{t.User}", new { displayName = $"{Guid.NewGuid()}" }));
        yield return Change("DELETE", Users + "/{id}", DirectoryWrite, 's', t => new Sent($"{Users}/{t.User}"), (m, t) => m.UserAsync(t));
        yield return Look(Groups, DirectoryRead, 's', _ => Groups);
        yield return Change("POST", Groups, DirectoryWrite, 's', _ => new Sent(Groups, new { displayName = "made" }));
        yield return Look(Groups + "/{id}", DirectoryRead, 's', t => $"{Groups}/{t.Team}");
        yield return Change("DELETE", Groups + "/{id}", DirectoryWrite, 's', t => new Sent($"{Groups}/{t.Team}"), (m, t) => m.TeamAsync(t));
        yield return Look(Groups + "/{id}/members", DirectoryRead, 's', t => $"{Groups}/{t.Team}/members");
        yield return Change("POST", Groups + "/{id}/members/$ref", DirectoryWrite, 's', t => new Sent($"{Groups}/{t.Team}/members/$ref", MatrixTargets.Reference(t.Application)), (m, t) => m.TeamAsync(t));
        yield return Change("DELETE", Groups + "/{id}/members/{member}/$ref", DirectoryWrite, 's', t => new Sent($"{Groups}/{t.Team}/members/{t.User}/$ref"), (m, t) => m.TeamAsync(t));
        yield return Change("POST", Graph + "/applications", DirectoryWrite, 's', _ => new Sent(Graph + "/applications", new { displayName = "made" }));
        yield return Change("POST", Graph + "/servicePrincipals", DirectoryWrite, 's', t => new Sent(Graph + "/servicePrincipals", new { appId = t.AppId })) with { Changes = false };
        const string Federated = Graph + "/applications/{id}/federatedIdentityCredentials";
        string PathOf(Targets t) => $"{Graph}/applications/{t.Application}/federatedIdentityCredentials";
        yield return Look(Federated, DirectoryRead, 's', PathOf);
        yield return Change("POST", Federated, DirectoryWrite, 's', t => new Sent(PathOf(t), MatrixTargets.Federated(t)), (m, t) => m.ApplicationAsync(t));
        yield return Look(Federated + "/{credential}", DirectoryRead, 's', t => $"{PathOf(t)}/{t.Credential}");
        yield return Change("DELETE", Federated + "/{credential}", DirectoryWrite, 's', t => new Sent($"{PathOf(t)}/{t.Credential}"), (m, t) => m.ApplicationAsync(t));
        foreach (var root in new[] { Graph + "/applications", Graph + "/servicePrincipals" })
        {
            yield return Look(root, DirectoryRead, 's', _ => root);
            yield return Look(root + "/{id}", DirectoryRead, 's', t => $"{root}/{t.Application}");
            yield return Change("PATCH", root + "/{id}", DirectoryWrite, 's', t => new Sent($"{root}/{t.Application}", new { accountEnabled = false }), (m, t) => m.ApplicationAsync(t));
            yield return Change("DELETE", root + "/{id}", DirectoryWrite, 's', t => new Sent($"{root}/{t.Application}"), (m, t) => m.ApplicationAsync(t));
            yield return Change("POST", root + "/{id}/addPassword", DirectoryWrite, 's', t => new Sent($"{root}/{t.Application}/addPassword", new { }), (m, t) => m.ApplicationAsync(t));
            yield return Change("POST", root + "/{id}/removePassword", DirectoryWrite, 's', t => new Sent($"{root}/{t.Application}/removePassword", new { keyId = t.Secret }), (m, t) => m.ApplicationAsync(t));
        }
    }

    private static IEnumerable<MatrixRow> IdentityRows()
    {
        const string Identities = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities", One = Group + Identities + "/{name}", Credentials = One + "/federatedIdentityCredentials";
        string At(Targets t, string tail = "") => $"{t.Group}{Identities}/{t.Identity}{tail}{Version}";
        yield return Look(Subscription + Identities, DirectoryRead, 's', t => t.Subscription + Identities + Version);
        yield return Look(Group + Identities, DirectoryRead, 's', t => t.Group + Identities + Version);
        yield return Look(One, DirectoryRead, 's', t => At(t));
        yield return Change("PUT", One, DirectoryWrite, 's', t => new Sent($"{t.Group}{Identities}/i{Guid.NewGuid():N}{Version}", new { location = "local" }));
        yield return Change("PATCH", One, DirectoryWrite, 's', t => new Sent(At(t), new { tags = new { id = $"{Guid.NewGuid()}" } }));
        yield return Change("DELETE", One, DirectoryWrite, 's', t => new Sent(At(t)), (m, t) => m.IdentityAsync(t));
        yield return Look(Credentials, DirectoryRead, 's', t => At(t, "/federatedIdentityCredentials"));
        yield return Look(Credentials + "/{credential}", DirectoryRead, 's', t => At(t, "/federatedIdentityCredentials/ci"));
        yield return Change("PUT", Credentials + "/{credential}", DirectoryWrite, 's', t => new Sent(At(t, $"/federatedIdentityCredentials/f{Guid.NewGuid():N}"), MatrixTargets.IdentityCredential(t)), (m, t) => m.IdentityAsync(t));
        yield return Change("DELETE", Credentials + "/{credential}", DirectoryWrite, 's', t => new Sent(At(t, "/federatedIdentityCredentials/ci")), (m, t) => m.IdentityAsync(t));
    }

    private static IEnumerable<MatrixRow> Scoped(char scope)
    {
        var assignments = scope switch { 's' => Subscription, 'g' => Group, _ => Registry } + "/providers/Microsoft.Authorization/roleAssignments";
        var definitions = assignments.Replace("roleAssignments", "roleDefinitions", StringComparison.Ordinal);
        string PathOf(Targets t, string kind, string? id) => $"{t.ScopeOf(scope)}/providers/Microsoft.Authorization/{kind}{(id is null ? "" : "/" + id)}{Version}";
        yield return Look(assignments, LookAtRights, scope, t => PathOf(t, "roleAssignments", null));
        yield return Look(assignments + "/{id}", LookAtRights, scope, t => PathOf(t, "roleAssignments", t.Assignments[scope]));
        yield return Change("PUT", assignments + "/{id}", Rights, scope, t => new Sent(PathOf(t, "roleAssignments", $"{Guid.NewGuid()}"), MatrixTargets.Assignment(t.Team, "AcrDelete")), (m, t) => m.TeamAsync(t));
        yield return Change("DELETE", assignments + "/{id}", Rights, scope, t => new Sent(PathOf(t, "roleAssignments", t.Assignments[scope])), (m, t) => m.AssignmentAsync(t, scope));
        yield return Look(definitions, LookAtRights, scope, t => PathOf(t, "roleDefinitions", null));
        yield return Look(definitions + "/{id}", LookAtRights, scope, t => PathOf(t, "roleDefinitions", t.Definition));
        yield return Change("PUT", definitions + "/{id}", Rights, scope, t => new Sent(PathOf(t, "roleDefinitions", $"{Guid.NewGuid()}"), MatrixTargets.Role(t.ScopeOf(scope))));
        yield return Change("DELETE", definitions + "/{id}", Rights, scope, t => new Sent(PathOf(t, "roleDefinitions", t.Definition)), (m, t) => m.DefinitionAsync(t, scope));
    }

    private static IEnumerable<MatrixRow> Registries()
    {
        var map = new { properties = new { actions = new[] { "repositories/x/content/read" } } };
        yield return Look(Registry, Need.Look, 'r', t => t.Registry + Version);
        yield return Change("PATCH", Registry, Manage, 'r', t => new Sent(t.Registry + Version, new { properties = new { anonymousPullEnabled = true } })) with
        {
            Undo = t => new Sent(t.Registry + Version, new { properties = new { anonymousPullEnabled = false } }),
        };
        yield return Change("PUT", Registry, Manage, 'r', t => new Sent(t.Registry + Version, new { sku = new { name = "Premium" } }));
        yield return Change("DELETE", Registry, Manage, 'g', t => new Sent(t.Spare + Version), (m, t) => m.SpareAsync(t));
        yield return Look(Registry + "/listUsages", Need.Look, 'r', t => $"{t.Registry}/listUsages{Version}");
        yield return Look(Registry + "/usage", Need.Look, 'r', t => $"{t.Registry}/usage{Version}");
        yield return Look(Registry + "/usage/tags", Need.Look, 'r', t => $"{t.Registry}/usage/tags{Version}&repository={t.Repository}");
        yield return Look(Registry + "/capabilities", Need.Look, 'r', t => $"{t.Registry}/capabilities{Version}");
        const string DeletedRegistries = "/providers/Microsoft.ContainerRegistry/deletedRegistries";
        yield return Look(Group + DeletedRegistries, Need.Look, 'g', t => t.Group + DeletedRegistries + Version);
        foreach (var verb in new[] { "recover", "purge" })
            yield return Change("POST", $"{Group}{DeletedRegistries}/{{name}}/{verb}", Manage, 'g', t => new Sent($"{t.Group}{DeletedRegistries}/never/{verb}{Version}")) with { Changes = false, FindsNothing = true };
        yield return Change("POST", Registry + "/listCredentials", Manage, 'r', t => new Sent($"{t.Registry}/listCredentials{Version}")) with { Changes = false };
        yield return Change("POST", Registry + "/regenerateCredential", Manage, 'r', t => new Sent($"{t.Registry}/regenerateCredential{Version}", new { name = "password" }));
        yield return Change("POST", Registry + "/generateCredentials", Manage, 'r', t => new Sent($"{t.Registry}/generateCredentials{Version}", new { tokenId = $"{t.Registry}/tokens/{t.Token}", name = "password1" }), (m, t) => m.TokenAsync(t));
        yield return Change("POST", Registry + "/importImage", Manage, 'r', t => new Sent($"{t.Registry}/importImage{Version}", MatrixTargets.Import(t)));
        yield return Look(Subscription + "/providers/Microsoft.ContainerRegistry/locations/{location}/operationResults/{operation}", Member, 's', t => $"{t.Subscription}/providers/Microsoft.ContainerRegistry/locations/local/operationResults/registries-{Guid.NewGuid():D}{Version}") with { FindsNothing = true };
        yield return Look(Registry + "/auditEvents", Manage, 'r', t => $"{t.Registry}/auditEvents{Version}");
        yield return Change("POST", Registry + "/whatIf", LookAtRights, 'r', t => new Sent($"{t.Registry}/whatIf{Version}", new { principalId = t.User, action = "pull", repository = "a" })) with { Changes = false };
        yield return Change("POST", Registry + "/purgeDeleted", Manage, 'r', t => new Sent($"{t.Registry}/purgeDeleted{Version}", new { repository = t.Repository }), (m, t) => m.DeletedAsync(t));
        yield return Change("POST", Registry + "/purge", Manage, 'r', t => new Sent($"{t.Registry}/purge{Version}", new { filters = new[] { $"{t.Repository}:^{t.Tag}$" } }), (m, t) => m.ManifestAsync(t));
        yield return Look(Registry + "/rootKeyRotation", Need.Look, 'r', t => $"{t.Registry}/rootKeyRotation{Version}");
        // One that is under way refuses the next.
        yield return Change("POST", Registry + "/rotateRootKey", Manage, 'g', t => new Sent($"{t.Spare}/rotateRootKey{Version}"), (m, t) => m.SpareAsync(t));
        yield return Look(Registry + "/scopeMaps", Need.Look, 'r', t => $"{t.Registry}/scopeMaps{Version}");
        yield return Look(Registry + "/scopeMaps/{name}", Need.Look, 'r', t => $"{t.Registry}/scopeMaps/{t.ScopeMap}{Version}");
        yield return Change("PUT", Registry + "/scopeMaps/{name}", Manage, 'r', t => new Sent($"{t.Registry}/scopeMaps/m{Guid.NewGuid():N}{Version}", map));
        yield return Change("PATCH", Registry + "/scopeMaps/{name}", Manage, 'r', t => new Sent($"{t.Registry}/scopeMaps/{t.ScopeMap}{Version}", new { properties = new { description = $"{Guid.NewGuid()}" } }));
        yield return Change("DELETE", Registry + "/scopeMaps/{name}", Manage, 'r', t => new Sent($"{t.Registry}/scopeMaps/{t.ScopeMap}{Version}"), (m, t) => m.ScopeMapAsync(t));
        yield return Look(Registry + "/tokens", Need.Look, 'r', t => $"{t.Registry}/tokens{Version}");
        yield return Look(Registry + "/tokens/{name}", Need.Look, 'r', t => $"{t.Registry}/tokens/{t.Token}{Version}");
        yield return Change("PUT", Registry + "/tokens/{name}", Manage, 'r', t => new Sent($"{t.Registry}/tokens/t{Guid.NewGuid():N}{Version}", new { properties = new { scopeMapId = $"{t.Registry}/scopeMaps/_repositories_pull" } }));
        yield return Change("PATCH", Registry + "/tokens/{name}", Manage, 'r', t => new Sent($"{t.Registry}/tokens/{t.Token}{Version}", new { properties = new { status = "disabled" } }), (m, t) => m.TokenAsync(t));
        yield return Change("DELETE", Registry + "/tokens/{name}", Manage, 'r', t => new Sent($"{t.Registry}/tokens/{t.Token}{Version}"), (m, t) => m.TokenAsync(t));
    }

    private static IEnumerable<MatrixRow> WebhookRows()
    {
        const string Hooks = Registry + "/webhooks", One = Hooks + "/{name}";
        string At(Targets t, string tail = "") => $"{t.Registry}/webhooks/{t.Webhook}{tail}{Version}";
        yield return Look(Hooks, Need.Look, 'r', t => $"{t.Registry}/webhooks{Version}");
        yield return Look(One, Need.Look, 'r', t => At(t));
        yield return Change("PUT", One, Manage, 'r', t => new Sent($"{t.Registry}/webhooks/w{Guid.NewGuid():N}{Version}", MatrixTargets.Webhook()));
        yield return Change("PATCH", One, Manage, 'r', t => new Sent(At(t), new { properties = new { scope = $"s{Guid.NewGuid():N}:*" } }));
        yield return Change("DELETE", One, Manage, 'r', t => new Sent(At(t)), (m, t) => m.WebhookAsync(t));
        yield return Change("POST", One + "/ping", Manage, 'r', t => new Sent(At(t, "/ping")));
        yield return Change("POST", One + "/listEvents", Manage, 'r', t => new Sent(At(t, "/listEvents"))) with { Changes = false };
        yield return Change("POST", One + "/getCallbackConfig", Manage, 'r', t => new Sent(At(t, "/getCallbackConfig"))) with { Changes = false };
        yield return Change("POST", One + "/regenerateSecret", Manage, 'r', t => new Sent(At(t, "/regenerateSecret")));
        yield return Change("POST", One + "/redeliver", Manage, 'r', t => new Sent(At(t, "/redeliver"), new { }), (m, t) => m.DeadEventAsync(t));
    }

    private static IEnumerable<MatrixRow> PrivateEndpointRows()
    {
        const string Endpoints = "/providers/Microsoft.Network/privateEndpoints", Connections = Registry + "/privateEndpointConnections", Links = Registry + "/privateLinkResources";
        string At(Targets t) => $"{t.Registry}/privateEndpointConnections/{t.PrivateConnection}{Version}";
        const string Networks = "/providers/Microsoft.Network/virtualNetworks", Network = Group + Networks + "/{network}";
        yield return Look(Subscription + Networks, LookAtEndpoints, 's', t => t.Subscription + Networks + Version);
        yield return Look(Group + Networks, LookAtEndpoints, 'g', t => t.Group + Networks + Version);
        yield return Look(Network, LookAtEndpoints, 'g', t => $"{t.Group}{Networks}/private{Version}");
        yield return Look(Network + "/subnets", LookAtEndpoints, 'g', t => $"{t.Group}{Networks}/private/subnets{Version}");
        yield return Look(Network + "/subnets/{name}", LookAtEndpoints, 'g', t => $"{t.Group}{Networks}/private/subnets/vpn{Version}");
        yield return Look(Subscription + Endpoints, LookAtEndpoints, 's', t => t.Subscription + Endpoints + Version);
        yield return Look(Group + Endpoints, LookAtEndpoints, 'g', t => t.Group + Endpoints + Version);
        yield return Look(Group + Endpoints + "/{name}", LookAtEndpoints, 'g', t => $"{t.Group}{Endpoints}/{t.PrivateEndpoint}{Version}");
        yield return Change("PUT", Group + Endpoints + "/{name}", Need.Endpoints, 'g', t => new Sent($"{t.Group}{Endpoints}/e{Guid.NewGuid():N}{Version}", MatrixTargets.PrivateEndpoint(t)));
        yield return Change("DELETE", Group + Endpoints + "/{name}", Need.Endpoints, 'g', t => new Sent($"{t.Group}{Endpoints}/{t.PrivateEndpoint}{Version}"), (m, t) => m.PrivateEndpointAsync(t));
        yield return Look(Connections, Need.Look, 'r', t => $"{t.Registry}/privateEndpointConnections{Version}");
        yield return Look(Connections + "/{name}", Need.Look, 'r', At);
        yield return Change("PUT", Connections + "/{name}", Manage, 'r', t => new Sent(At(t), new { properties = new { privateLinkServiceConnectionState = new { status = "Rejected", description = $"{Guid.NewGuid()}" } } }));
        yield return Change("DELETE", Connections + "/{name}", Manage, 'r', t => new Sent(At(t)), (m, t) => m.PrivateEndpointAsync(t));
        yield return Look(Links, Need.Look, 'r', t => $"{t.Registry}/privateLinkResources{Version}");
        yield return Look(Links + "/{name}", Need.Look, 'r', t => $"{t.Registry}/privateLinkResources/registry{Version}");
    }

    private static IEnumerable<MatrixRow> SignedIn()
    {
        const string Registries = "/providers/Microsoft.ContainerRegistry/registries";
        yield return Look("/providers/Microsoft.ContainerRegistry/operations", Member, 's', _ => "/providers/Microsoft.ContainerRegistry/operations" + Version);
        yield return Look(Subscription + "/providers", AnyRole, 's', t => $"{t.Subscription}/providers{Version}");
        yield return Look(Subscription + "/providers/Microsoft.ContainerRegistry", AnyRole, 's', t => $"{t.Subscription}/providers/Microsoft.ContainerRegistry{Version}");
        yield return Change("POST", Subscription + "/providers/Microsoft.ContainerRegistry/checkNameAvailability", CheckName, 's', t => new Sent(
            $"{t.Subscription}/providers/Microsoft.ContainerRegistry/checkNameAvailability{Version}", new { name = "fleet", type = "Microsoft.ContainerRegistry/registries" })) with
        { Changes = false };
        yield return Look("/tenants", Member, 's', _ => "/tenants" + Version);
        yield return Look("/subscriptions", Member, 's', _ => "/subscriptions" + Version);
        yield return Look(Subscription, AnyRole, 's', t => t.Subscription + Version);
        yield return Look(Subscription + "/resourceGroups", AnyRole, 's', t => $"{t.Subscription}/resourceGroups{Version}");
        yield return Look(Group, AnyRole, 's', t => t.Group + Version) with { Methods = "GET HEAD" };
        yield return Change("PUT", Group, Need.Groups, 's', t => new Sent($"{t.Subscription}/resourceGroups/g{Guid.NewGuid():N}{Version}", new { location = "local" }));
        yield return Change("PATCH", Group, Need.Groups, 's', t => new Sent(t.OtherGroup + Version, new { tags = new { patched = "yes" } }), (m, t) => m.OtherGroupAsync(t));
        yield return Change("DELETE", Group, Need.Groups, 's', t => new Sent(t.OtherGroup + Version), (m, t) => m.OtherGroupAsync(t));
        yield return Look(Subscription + "/resources", AnyRole, 's', t => $"{t.Subscription}/resources{Version}");
        yield return Look(Subscription + Registries, AnyRole, 's', t => t.Subscription + Registries + Version);
        yield return Look(Group + Registries, AnyRole, 's', t => t.Group + Registries + Version);
    }

    private static IEnumerable<MatrixRow> Issuer()
    {
        yield return Read("GET POST", "/devicelogin", Nothing, _ => "/devicelogin");
        foreach (var (root, tail) in new[] { (Tenant, "/v2.0"), ("common", "/v2.0"), ("organizations", "/v2.0"), ("adfs", "") })
        {
            string At(Targets t, string path) => $"/{(root == Tenant ? t.Tenant : root)}{path}";
            yield return Read("GET", $"/{root}{tail}/.well-known/openid-configuration", Nothing, t => At(t, tail + "/.well-known/openid-configuration"));
            yield return Read("GET POST", $"/{root}/oauth2{tail}/authorize", Nothing, t => At(t, $"/oauth2{tail}/authorize"));
            yield return Read("POST", $"/{root}/oauth2{tail}/token", Nothing, t => At(t, $"/oauth2{tail}/token"));
            yield return Read("POST", $"/{root}/oauth2{tail}/devicecode", Nothing, t => At(t, $"/oauth2{tail}/devicecode"));
        }
    }

    private static IEnumerable<MatrixRow> Open()
    {
        yield return Read("GET", "/metadata/endpoints", Nothing, _ => "/metadata/endpoints");
        yield return Read("GET", "/openapi.json", Nothing, _ => "/openapi.json");
        yield return Change("POST", "/oauth2/exchange", Nothing, 'r', _ => new Sent("/oauth2/exchange", Bytes: "grant_type=access_token&access_token=x"u8.ToArray(), Type: "application/x-www-form-urlencoded")) with { Changes = false };
        // At a data endpoint only, and there by what the address says.
        yield return Read("GET HEAD", "/data/{digest}", Nothing, t => $"/data/{t.Blob}") with { FindsNothing = true };
        yield return Read("GET", "/.well-known/jwks.json", Nothing, _ => "/.well-known/jwks.json");
        // They sign in by themselves: nothing stands before them, and nothing is changed.
        yield return Read("GET", "/oauth2/token", Nothing, _ => "/oauth2/token");
        yield return Change("POST", "/oauth2/token", Nothing, 'r', _ => new Sent("/oauth2/token", Bytes: "grant_type=password&service=x"u8.ToArray(), Type: "application/x-www-form-urlencoded")) with { Changes = false };
    }

    private static MatrixRow Read(string methods, string route, Need need, Func<Targets, string> path) => new(methods, route, need, 'r', t => new Sent(path(t)));

    private static MatrixRow Look(string route, Need need, char where, Func<Targets, string> path) => new("GET", route, need, where, t => new Sent(path(t)));

    private static MatrixRow Change(
        string methods, string route, Need need, char where, Func<Targets, Sent> make, Func<MatrixTargets, Targets, Task<Targets>>? fresh = null) =>
        new(methods, route, need, where, make) { Fresh = fresh, Changes = true };
}
