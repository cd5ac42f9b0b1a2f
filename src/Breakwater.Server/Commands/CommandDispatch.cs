using System.Globalization;
using System.Net.Sockets;
using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Commands;

/// <summary>Runs a command where the data is: in the running server, or on the directory itself when none runs.</summary>
internal static class CommandDispatch
{
    /// <param name="path">Path and query of the command on the control socket.</param>
    /// <param name="local">The same command on an installation that this process opened.</param>
    public static async Task<int> RunAsync(ServerSettings settings, KeyStoreTypes types, string path, Func<OperatorCommands, Task<CommandResult>> local, CancellationToken cancellationToken)
    {
        var directory = ServerInstallation.Directory(settings);
        try
        {
            if (!directory.IsInstalled)
                return Print(new CommandResult(ExitCodes.Failed, $"{directory.Path} holds no installation. Name its data directory with --data.\n"));
            using var held = DirectoryLock.TryTake(directory);
            return Print(held is null ? await AskServerAsync(directory, path, cancellationToken) : await RunHereAsync(settings, types, directory, held, local, cancellationToken));
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Print(new CommandResult(ExitCodes.Failed, e.Message + "\n"));
        }
    }

    public static async Task<int> RestoreAsync(ServerSettings settings, KeyStoreTypes types, string source, CancellationToken cancellationToken)
    {
        var directory = ServerInstallation.Directory(settings);
        try
        {
            directory.Create();
            using var held = DirectoryLock.TryTake(directory)
                ?? throw new WrongVolumeException($"A server uses {directory.Path}. Stop it, and restore into an empty data directory.");
            var count = await Breakwater.Core.Work.Backups.RestoreAsync(source, directory, cancellationToken);
            var verified = await RunHereAsync(settings, types, directory, held, commands => commands.VerifyAsync(deep: false, cancellationToken), cancellationToken);
            return Print(verified with { Text = string.Create(CultureInfo.InvariantCulture, $"Restored the database and {count} objects to {directory.Path}.\n{verified.Text}") });
        }
        catch (Exception e) when (IsExpected(e))
        {
            return Print(new CommandResult(ExitCodes.Failed, $"The restore failed: {e.Message}\n"));
        }
    }

    private static bool IsExpected(Exception e) =>
        e is WrongVolumeException or KeyUnavailableException or InvalidDataException or IOException or UnauthorizedAccessException or HttpRequestException or OciException;

    private static async Task<CommandResult> RunHereAsync(
        ServerSettings settings, KeyStoreTypes types, DataDirectory directory, DirectoryLock held, Func<OperatorCommands, Task<CommandResult>> local, CancellationToken cancellationToken)
    {
        await using var installation = await OpenInstallation.OpenAsync(directory, held, ServerInstallation.Options(settings, types, onFatal: null), TimeProvider.System, cancellationToken);
        return await local(new OperatorCommands(installation));
    }

    private static async Task<CommandResult> AskServerAsync(DataDirectory directory, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(directory.ControlSocket))
            return new CommandResult(ExitCodes.Failed, $"Another process uses {directory.Path}, but it has no control socket. Wait for it to end, or stop it.\n");
#pragma warning disable RS0030 // A socket in the data directory is not outgoing HTTP.
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(directory.ControlSocket, token) })
#pragma warning restore RS0030
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("http://localhost" + path));
        using var response = await client.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var code = response.Headers.TryGetValues(ControlEndpoints.ExitCodeHeader, out var values) && int.TryParse(values.First(), out var given) ? given : ExitCodes.Failed;
        return new CommandResult(code, text);
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static int Print(CommandResult result)
    {
        (result.ExitCode == ExitCodes.Done ? Console.Out : Console.Error).Write(result.Text);
        return result.ExitCode;
    }
}
