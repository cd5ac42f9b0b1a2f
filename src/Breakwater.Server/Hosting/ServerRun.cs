using Breakwater.Server.Configuration;
using Microsoft.AspNetCore.Connections;

namespace Breakwater.Server.Hosting;

/// <summary>The life of a host that is built: start, tell the operator, serve, drain, end.</summary>
internal static class ServerRun
{
    /// <param name="app">The host, with its pipeline.</param>
    /// <param name="controlSocket">The path that the host was built with.</param>
    /// <param name="started">
    /// Called once, when the listeners stand and before the server reports itself ready: what must not happen at a start that fails for a
    /// port in use, such as making a password that is shown only once.
    /// </param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app, string? controlSocket, Func<Listeners, Task> started)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        var settings = app.Services.GetRequiredService<ServerSettings>();
        var logger = app.Services.GetRequiredService<ILogger<Readiness>>();
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            readiness.Drain();
            logger.Draining(settings.ShutdownGrace);
        });
        if (controlSocket is not null)
            ControlSocket.RemoveStale(controlSocket);
        try
        {
            await app.StartAsync();
        }
        catch (IOException problem) when (BindProblem(problem) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return ExitCodes.Failed;
        }
        if (controlSocket is not null)
            ControlSocket.Restrict(controlSocket);
        await started(app.Services.GetRequiredService<Listeners>());
        readiness.Started();
        await app.WaitForShutdownAsync();
        logger.Stopped();
        return ExitCodes.Done;
    }

    private static string? BindProblem(IOException problem) => problem.InnerException switch
    {
        AddressInUseException => $"Breakwater did not start: {problem.Message} Stop the other program, or choose another port with --http, --https or --ops.",
        System.Net.Sockets.SocketException socket => $"Breakwater did not start: an address cannot be listened on: {socket.Message}. Check --http, --https and --ops.",
        _ => problem.Message.StartsWith("Failed to bind", StringComparison.Ordinal) ? $"Breakwater did not start: {problem.Message}" : null,
    };
}
