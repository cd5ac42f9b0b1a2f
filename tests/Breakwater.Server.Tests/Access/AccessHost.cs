using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Events;
using Breakwater.Core.Identity;
using Breakwater.Core.Imports;
using Breakwater.Core.Keys;
using Breakwater.Core.Manifests;
using Breakwater.Core.Metadata;
using Breakwater.Core.Network;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Core.Repositories;
using Breakwater.Core.Retention;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Storage;
using Breakwater.Core.Tags;
using Breakwater.Core.Tiers;
using Breakwater.Core.Usage;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;
using Breakwater.Server.Errors;
using Breakwater.Server.Hosting;
using Breakwater.Server.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Breakwater.Server.Tests.Access;

/// <summary>The gate with its neighbours on a real port and a real database, in front of endpoints that tell what they were given.</summary>
public sealed class AccessHost : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("breakwater-").FullName;
    private readonly Registry _registry = new(Guid.NewGuid(), "local", 1);
    private SqliteDatabase _database = null!;
    private readonly CoherentCache _cache = new(1 << 20);
    private KeyRing _keys = null!;
    private FileSystemDriver _driver = null!;
    private WebApplication _app = null!;

    public static readonly Guid InstallationId = Guid.NewGuid();

    public HttpClient Client { get; private set; } = null!;

    public int Port { get; private set; }

    public string Authority => $"127.0.0.1:{Port}";

    internal AuditLog Audit { get; private set; } = null!;

    internal IServiceProvider Services => _app.Services;

    internal IEnumerable<EndpointDataSource> Routes => _app.Services.GetServices<EndpointDataSource>();

    public async ValueTask InitializeAsync()
    {
        _database = SqliteDatabase.Open(Path.Combine(_folder, "metadata.db"));
        await _database.WriteAsync(db =>
        {
            using var command = db.CreateCommand();
            command.CommandText = $"INSERT INTO registry (id, name, created_at) VALUES ('{_registry.Id:N}', '{_registry.Name}', 0)";
            return command.ExecuteNonQuery();
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IMetadataDatabase>(_database);
        var box = await CreateBoxAsync();
        builder.Services.AddSingleton(box);
        Audit = await AuditLog.OpenAsync(_database, box, InstallationId, new AuditOptions(), TimeProvider.System, CancellationToken.None);
        builder.Services.AddAudit(Audit);
        builder.Services.AddSingleton<CorrelationIds>();
        var registries = new RegistryDirectory([_registry]);
        builder.Services.AddSingleton(registries);
        var groups = new ResourceGroupDirectory([new ResourceGroup(RoleScope.DefaultGroupId, RoleScope.DefaultGroupName, "local", ImmutableSortedDictionary<string, string>.Empty)]);
        builder.Services.AddSingleton(groups);
        builder.Services.AddSingleton(TierCatalog.Default);
        builder.Services.AddSingleton(_keys);
        var connections = new PrivateConnections(_database, registries, TimeProvider.System);
        builder.Services.AddSingleton(connections);
        builder.Services.AddSingleton(new RegistryErasure(_database, _keys, connections, _cache, TimeProvider.System));
        var outbox = new EventOutbox(_database, InstallationId, TimeProvider.System);
        builder.Services.AddSingleton(CreatePurge(outbox));
        builder.Services.AddSingleton(new BinPurge(_database, _keys, TimeProvider.System));
        builder.Services.AddSingleton(new PrivateListeners([]));
        builder.Services.AddSingleton(new RecoveryWindow(TimeSpan.FromDays(7)));
        builder.Services.AddSingleton(new InstallationScope(InstallationId, groups));
        builder.Services.AddSingleton(TrustedIssuers.Read(null, TimeProvider.System));
        builder.Services.AddSingleton(outbox);
        builder.Services.AddSingleton(new EgressGuard([IPNetwork.Parse("127.0.0.0/8")]));
        // Mapped, never called: what is imported needs stores.
        builder.Services.AddSingleton(p => new ImportRunner(null!, _database, null!, null!, null!, null!, null!, Audit, new ImportLimits(), TimeProvider.System));
        // All tests of a class come from one source; what they get wrong together must not shut out the one that runs last.
        builder.Services.AddAccess(new LoginLimits { PerSource = 1000 });
        builder.Services.AddSingleton(new PasswordHasher(iterations: 10));
        _app = builder.Build();
        _app.UseCorrelation();
        _app.UseMiddleware<AuditMiddleware>();
        _app.UseMiddleware<ErrorMiddleware>();
        _app.UseAccess();
        Map();
        await Services.LoadAccessAsync(CancellationToken.None);
        await Services.GetRequiredService<UserAccounts>().CreateOwnerAsync("owner", new Secret(Password));
        var owner = await Services.GetRequiredService<PasswordSignIn>().SignInAsync(registry: null, "owner", new Secret(Password), IPAddress.Loopback, CancellationToken.None);
        Managing = ManagementAccess.Decide(owner.Caller!, null, ManagementActions.DirectoryWrite)!;
        await _app.StartAsync();
        Port = new Uri(_app.Urls.Single()).Port;
        Client = new HttpClient { BaseAddress = new Uri($"http://{Authority}") };
    }

    private ArtifactPurge CreatePurge(EventOutbox outbox)
    {
        var objects = Path.Combine(_folder, "objects");
        FileSystemDriver.Create(objects, InstallationId);
        var repositories = new RepositoryStore(_database, _cache, outbox, TimeProvider.System);
        var pulls = new PullCounts(_database, TimeProvider.System);
        var manifests = new ManifestStore(_database, _cache, repositories, new BlobVault(_driver = FileSystemDriver.Open(objects, InstallationId, 0), _keys), outbox, pulls, TimeProvider.System);
        return new ArtifactPurge(_database, _keys, manifests, new TagStore(_database, _cache, repositories, TimeProvider.System), pulls, TimeProvider.System);
    }

    /// <summary>A user who may sign in and nothing else.</summary>
    internal Task CreateNobodyAsync(string name) => Services.GetRequiredService<UserAccounts>().CreateAsync(Managing, name, null, new Secret(Password));

    /// <summary>What the owner may do.</summary>
    internal ManagementAccess Managing { get; private set; } = null!;

    internal static AuthenticationHeaderValue Basic(string name = "owner", string password = Password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    internal async Task<AuthenticationHeaderValue> BearerAsync(params string[] scopes)
    {
        var query = string.Concat(scopes.Select(scope => $"&scope={Uri.EscapeDataString(scope)}"));
        using var response = await SendAsync("GET", $"/oauth2/token?service={Authority}{query}", Basic());
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return new("Bearer", answer.GetProperty("access_token").GetString());
    }

    internal Task<HttpResponseMessage> SendAsync(string method, string path, AuthenticationHeaderValue? authorization = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = authorization;
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private void Map()
    {
        new RegistryRoutes(_app)
            .Map("GET", "/v2/", RegistryActions.SignIn, (context, access) => context.Response.WriteAsync($"{access.Principal.Name}"))
            .Map("GET", "/v2/_catalog", RegistryActions.Catalog, (context, access) => context.Response.WriteAsync($"{access.Granted}"));
        new RepositoryRoutes(_app)
            .Map("GET HEAD", "/manifests/{reference}", RepositoryActions.Pull, EchoAsync)
            .Map("PUT", "/manifests/{reference}", RepositoryActions.Push, EchoAsync)
            .Map("DELETE", "/manifests/{reference}", RepositoryActions.Delete, EchoAsync)
            .Map("GET", "/tags/list", RepositoryActions.Pull, EchoAsync)
            .Map("GET", "/referrers/{digest}", RepositoryActions.Pull, (_, _) => throw new AccessDeniedException(RepositoryActions.Sign))
            .Map("POST", "/blobs/uploads/", RepositoryActions.Upload, MountAsync);
        new RegistryRoutes(_app).Map("GET", "/acr/v1/_catalog", RegistryActions.Catalog, (context, access) => context.Response.WriteAsync($"{access.Granted}"));
        new RepositoryRoutes(_app, RepositoryRoutes.AcrDataPlane)
            .Map("GET", "", RepositoryActions.MetadataRead, EchoAsync)
            .Map("PATCH", "", RepositoryActions.MetadataWrite, EchoAsync)
            .Map("DELETE", "", RepositoryActions.Delete, EchoAsync)
            .Map("GET", "/_manifests/{reference}", RepositoryActions.MetadataRead, EchoAsync);
        new OpenRoutes(_app).Map("GET", "/open", "test", context => context.Response.WriteAsync("open"));
        _app.MapGet("/forgotten", context => context.Response.WriteAsync("nobody demanded anything"));
        _app.MapAccess();
    }

    private static Task EchoAsync(HttpContext context, RepositoryAccess access) =>
        context.Response.WriteAsync($"{access.Principal.Name} {access.Repository} {context.Request.RouteValues["reference"]}");

    private static Task MountAsync(HttpContext context, RepositoryAccess access)
    {
        var from = RepositoryName.Parse(context.Request.Query["from"]);
        var other = AccessGate.TryGetRepositoryAccess(context, from, RepositoryActions.Pull);
        return context.Response.WriteAsync(other is null ? "no proof" : $"{other.Repository} {access.Repository}");
    }

    private async Task<SecretBox> CreateBoxAsync()
    {
        var file = Path.Combine(_folder, "service.key");
        KeyFileProvider.Create(file);
        var installation = Guid.NewGuid();
        _keys = new KeyRing(_database, KeyFileProvider.Open(file), TimeProvider.System);
        await _keys.CreateAsync(installation, CancellationToken.None);
        return new SecretBox(_keys, installation);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Audit.DisposeAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _driver.Dispose();
        _cache.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
