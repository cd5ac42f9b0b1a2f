using System.Net.Http.Headers;
using System.Text;
using Breakwater.Core.Identity;
using Breakwater.Core.Installation;
using Breakwater.Server.Access;
using Breakwater.Server.Commands;
using Breakwater.Server.Configuration;
using Breakwater.Server.Errors;
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
    private bool _abac;

    internal HttpClient Client { get; private set; } = null!;

    internal MatrixTargets Make { get; private set; } = null!;

    internal Targets Standing { get; private set; } = null!;

    internal IEnumerable<Endpoint> Endpoints => _app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints);

    public async ValueTask InitializeAsync()
    {
        var settings = new ServerSettings { Data = _folder.Path };
        var directory = ServerInstallation.Directory(settings);
        directory.Create();
        _installation = await OpenInstallation.OpenAsync(
            directory, DirectoryLock.TryTake(directory)!, ServerInstallation.Options(settings with { MinFreeSpaceBytes = 0 }, null), TimeProvider.System, CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        ServeCommand.AddServices(builder.Services, settings, _installation);
        builder.Services.AddSingleton(new PasswordHasher(iterations: 10));
        // What works in the background would change what is compared.
        foreach (var background in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory is not null).ToList())
            builder.Services.Remove(background);
        _app = builder.Build();
        await _app.Services.LoadAccessAsync(CancellationToken.None);
        _app.UseMiddleware<ErrorMiddleware>();
        _app.UseAccess();
        ServeCommand.MapRoutes(_app);
        var owner = await _app.Services.GetRequiredService<UserAccounts>().CreateOwnerAsync("owner", new Secret(Password));
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        Make = new MatrixTargets(Client, _installation.Id);
        var nothing = new Targets { Subscription = $"/subscriptions/{_installation.Id:D}" };
        foreach (var role in new[] { "Container Registry Repository Contributor", "Container Registry Repository Catalog Lister" })
            await Make.AssignAsync(nothing, 's', $"{owner.Principal.Id:D}", role);
        Standing = await Make.AllAsync();
        await ChangeRegistryAsync(new { adminUserEnabled = true });
    }

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

    internal Task<string> ReadStateAsync() => MatrixState.ReadAsync(_installation.Database);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _installation.DisposeAsync();
        _folder.Dispose();
    }
}
