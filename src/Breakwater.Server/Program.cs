using Breakwater.Server.Configuration;
using Breakwater.Server.Errors;
using Breakwater.Server.Guards;
using Breakwater.Server.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

static Task<int> NotYet() => Task.FromResult(ExitCodes.Failed);

var commands = new ServerCommands(
    ServeAsync,
    (_, _, _) => NotYet(),
    (_, _, _) => NotYet(),
    (_, _, _) => NotYet(),
    (_, _, _) => NotYet());
return await new ServerCommandLine(commands, SettingsEnvironment.OfProcess(), Console.Out, Console.Error).InvokeAsync(args);

static async Task<int> ServeAsync(ServerSettings settings, CancellationToken stop)
{
    Directory.CreateDirectory(settings.Data);
    var control = Path.Combine(settings.Data, "control.sock");
    using var certificate = ServerHost.OpenCertificate(settings, TimeProvider.System, NullLogger<ServerCertificate>.Instance);
    var builder = ServerHost.CreateBuilder(settings, certificate, control);
    await using var app = builder.Build();
    using var meter = Telemetry.ObserveHost(app.Services.GetRequiredService<ConnectionBudget>(), certificate, TimeProvider.System);

    app.UseCorrelation();
    app.Use(next => new HttpGuards(next, AllowedHosts.For(settings)).InvokeAsync);
    app.UseListenerSplit();
    app.UseMiddleware<ErrorMiddleware>();
    app.Run(context => OciAnswer.WriteAsync(context, Breakwater.Oci.OciErrors.NotFound));

    return await ServerRun.RunAsync(app, control, listeners => Console.Out.Write(FirstScreen.Render(
        new FirstScreenFacts
        {
            Version = ProductVersion.Text,
            RegistryName = "local",
            DataDirectory = settings.Data,
            Http = listeners.Http?.ToString(),
            Https = listeners.Https?.ToString(),
            Operations = listeners.Operations?.ToString(),
            PasswordNote = "set at the first start",
            AuthorityFile = settings.TlsCert is null ? Path.Combine(settings.Data, "tls", "ca.crt") : null,
        },
        FirstScreen.WantsColour)));
}
