using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Breakwater.Core.Identity;
using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;
using Breakwater.Core.Tiers;
using Breakwater.Server.Access;
using Breakwater.Server.Commands;
using Breakwater.Server.Configuration;
using Breakwater.Server.Errors;
using Breakwater.Server.Network;
using Breakwater.Server.Work;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>The product's services, gate and routes on a real port and a real installation.</summary>
public sealed class MatrixHost : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();
    private OpenInstallation _installation = null!;
    private WebApplication _app = null!;
    private IServiceCollection _services = null!;
    private bool _abac;

    internal const string TrustedIssuer = "https://issuer.example";

    internal HttpClient Client { get; private set; } = null!;

    internal MatrixTargets Make { get; private set; } = null!;

    internal Targets Standing { get; private set; } = null!;

    internal IEnumerable<ServiceDescriptor> Services => _services.Where(service => service.ServiceType.Namespace?.StartsWith("Breakwater", StringComparison.Ordinal) ?? false);

    /// <summary>Taken away for the requests from now on.</summary>
    internal RemovedLock Removed { get; set; }

    internal IEnumerable<EndpointDataSource> Sources => _app.Services.GetServices<EndpointDataSource>();

    internal IEnumerable<Endpoint> Endpoints => Sources.SelectMany(source => source.Endpoints);

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "issuers.json"), $$"""[{"issuer": "{{TrustedIssuer}}", "jwks": "keys.json"}]""");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "keys.json"), """{"keys": []}""");
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "stores.json"), """[{"name": "test", "type": "test", "options": {}, "keys": [{"key": "test:*", "registries": ["*"]}]}]""");
        var settings = new ServerSettings { Data = Path.Combine(_folder.Path, "data"), TrustedIssuers = Path.Combine(_folder.Path, "issuers.json"), KeyStores = Path.Combine(_folder.Path, "stores.json"), KeyGrace = TimeSpan.Zero, PrivateListeners = [new PrivateListener("vpn", new IPEndPoint(IPAddress.Loopback, 0))], PrivateNetworks = SettingTexts.NamedNetworks("vpn=10.8.0.0/24,vpn=fd00:8::/64") };
        var directory = ServerInstallation.Directory(settings);
        directory.Create();
        _installation = await OpenInstallation.OpenAsync(
            directory, DirectoryLock.TryTake(directory)!, ServerInstallation.Options(settings with { MinFreeSpaceBytes = 0 }, new KeyStoreTypes { ["test"] = _ => KeyStore }, null), Clock, CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        ServeCommand.AddServices(builder.Services, settings, _installation);
        builder.Services.AddSingleton(new PasswordHasher(iterations: 10));
        // What works in the background would change what is compared.
        foreach (var background in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory is not null).ToList())
            builder.Services.Remove(background);
        _services = builder.Services;
        _app = builder.Build();
        await _app.Services.LoadAccessAsync(CancellationToken.None);
        _app.UseMiddleware<ErrorMiddleware>();
        // As UseAccess has them, with a way to take one out.
        _app.UseMiddleware<RepositoryPathMiddleware>();
        _app.UseRouting();
        _app.Use(Weaken);
        ServeCommand.MapRoutes(_app);
        var owner = await _app.Services.GetRequiredService<UserAccounts>().CreateOwnerAsync("owner", new Secret(Password));
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        Make = new MatrixTargets(Client, _installation.Id, GiveUpAsync);
        var nothing = new Targets { Subscription = $"/subscriptions/{_installation.Id:D}" };
        foreach (var role in new[] { "Container Registry Repository Contributor", "Container Registry Repository Catalog Lister" })
            await Make.AssignAsync(nothing, 's', $"{owner.Principal.Id:D}", role);
        Standing = await Make.AllAsync();
        await ChangeRegistryAsync(new { adminUserEnabled = true });
    }

    /// <summary>The server's.</summary>
    internal ShiftedClock Clock { get; } = new();

    internal MatrixKeyStore KeyStore { get; } = new();

    internal Task RotateAsync(IRotationWitness witness) => _installation.Rotation.RunAsync(witness, TestContext.Current.CancellationToken);

    internal KeyWatch KeyWatch => _app.Services.GetRequiredService<KeyWatch>();

    internal KeyService KeyService => _app.Services.GetRequiredService<KeyService>();

    internal static AuthenticationHeaderValue Basic(string name, string password = Password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    internal async Task SetModeAsync(bool abac)
    {
        if (_abac != abac)
            await ChangeRegistryAsync(new { roleAssignmentMode = abac ? "AbacRepositoryPermissions" : "LegacyRegistryPermissions" });
        _abac = abac;
    }

    internal async Task ChangeRegistryAsync(object properties) =>
        (await Make.SendAsync("PATCH", new Sent($"{Standing.Registry}?api-version=2022-04-01", new { properties }))).Dispose();

    /// <summary>Sends a row's request, by each of its methods; the statuses.</summary>
    internal async Task<List<int>> SendAsync(MatrixRow row, Targets targets, AuthenticationHeaderValue? credentials)
    {
        var statuses = new List<int>();
        foreach (var method in row.Methods.Split(' '))
        {
            var sent = row.Make(targets);
            using var request = new HttpRequestMessage(new HttpMethod(method), sent.Path) { Content = sent.Content() };
            request.Headers.Authorization = credentials;
            using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
            statuses.Add((int)response.StatusCode);
        }
        return statuses;
    }

    // Nothing works in the background here, so no event would ever be given up by itself.
    private Task<int> GiveUpAsync(Guid id) => _installation.Database.WriteAsync(db => db.Execute("UPDATE webhook_event SET state = 2, due_at = NULL, ended_at = queued_at WHERE id = @id", new { id }));

    /// <summary>As the background does every ten seconds.</summary>
    internal Task WritePullsAsync() => _installation.Pulls.WriteAsync();

    internal Task<string> ReadStateAsync() => MatrixState.ReadAsync(_installation.Database);

    private RequestDelegate Weaken(RequestDelegate next)
    {
        var gate = new AccessGate(next, _app.Services.GetRequiredService<RequestAuthenticator>(), _app.Services.GetRequiredService<RegistryDirectory>(), _app.Services.GetRequiredService<NetworkGate>(), _app.Services.GetRequiredService<RequestThrottle>(), _installation.Keys);
        return context =>
        {
            if (Removed == RemovedLock.Gate)
                return next(context);
            if (Removed == RemovedLock.Demand && context.GetEndpoint() is { } endpoint)
                context.SetEndpoint(LittleDemand.In(endpoint));
            return gate.InvokeAsync(context);
        };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }
}
