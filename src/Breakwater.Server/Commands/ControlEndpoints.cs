using System.Globalization;
using Breakwater.Core.Keys;
using Breakwater.Oci;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Commands;

/// <summary>
/// The running server's side of the commands, on the socket in the data directory. Its lock is the socket's: only the user who owns the
/// data directory can open it.
/// </summary>
internal sealed class ControlEndpoints(OperatorCommands commands)
{
    public const string ExitCodeHeader = "Breakwater-Exit-Code";

    public async Task InvokeAsync(HttpContext context)
    {
        var result = HttpMethods.IsPost(context.Request.Method) ? await TryRunAsync(context) : null;
        if (result is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers[ExitCodeHeader] = result.ExitCode.ToString(CultureInfo.InvariantCulture);
        await context.Response.WriteAsync(result.Text, context.RequestAborted);
    }

    // The socket belongs to the operator, who may read why a command failed.
    private async Task<CommandResult?> TryRunAsync(HttpContext context)
    {
        try
        {
            return await RunAsync(context);
        }
        catch (Exception e) when (e is OciException or IOException or UnauthorizedAccessException or KeyUnavailableException)
        {
            return new CommandResult(ExitCodes.Failed, $"The command failed: {e.InnerException?.Message ?? e.Message}\n");
        }
    }

    private async Task<CommandResult?> RunAsync(HttpContext context)
    {
        var query = context.Request.Query;
        return context.Request.Path.Value switch
        {
            "/gc" => await commands.CleanUpAsync(query["dry-run"] == "true", context.RequestAborted),
            "/verify" => await commands.VerifyAsync(query["deep"] == "true", context.RequestAborted),
            "/backup" when query["target"] is [{ } target] => await commands.BackupAsync(target, context.RequestAborted),
            "/open-network" when query["registry"] is [{ } registry] => await commands.OpenNetworkAsync(registry),
            _ => null,
        };
    }
}
