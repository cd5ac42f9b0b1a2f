using System.Text;
using Breakwater.Testing.Tooling;
using CliWrap;

namespace Breakwater.EndToEnd.Tests.Suite;

/// <summary>Docker's daemon and the containerd that it starts, with storage and sockets of their own. No container is run, and no network is touched.</summary>
public sealed class DockerDaemon : IAsyncLifetime
{
    // The path of a socket may have 107 characters.
    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource stop = new(), kill = new();
    private readonly StringBuilder output = new();
    private Task? running;

    /// <summary>For programs that run docker themselves.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["DOCKER_HOST"] = Socket, ["DOCKER_CONFIG"] = folder["config"] };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts it once; skips the test where it cannot be had.</summary>
    public async Task StartAsync()
    {
        Tool.RequireRoot();
        var dockerd = Tool.Require("dockerd");
        running ??= Cli.Wrap(dockerd.FilePath)
            .WithArguments(
            [
                "--data-root", folder["root"], "--exec-root", folder["exec"], "--pidfile", folder["pid"], "--host", Socket, "--storage-driver", "vfs",
                "--bridge", "none", "--iptables=false", "--ip6tables=false",
            ])
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => output.AppendLine(line)))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(kill.Token, stop.Token);
        await Eventually.HoldsAsync(
            async () => running.IsCompleted || (await TryDockerAsync("version")).ExitCode == 0, "dockerd answers", TimeSpan.FromSeconds(60));
        Assert.False(running.IsCompleted, $"dockerd has ended:\n{output}");
    }

    public Task<string> DockerAsync(params string[] arguments) => Tool.Require("docker").RunAsync(arguments, Environment);

    public Task<ToolResult> TryDockerAsync(params string[] arguments) => Tool.Require("docker").TryRunAsync(arguments, Environment);

    /// <summary>containerd's own client.</summary>
    public Task<string> ContainerdAsync(params string[] arguments) => Tool.Require("ctr").RunAsync(["--address", folder["exec/containerd/containerd.sock"], .. arguments]);

    public Task<ToolResult> TryContainerdAsync(params string[] arguments) => Tool.Require("ctr").TryRunAsync(["--address", folder["exec/containerd/containerd.sock"], .. arguments]);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        kill.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            await (running ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            // That is how a stopped program ends here.
        }
        stop.Dispose();
        kill.Dispose();
        folder.Dispose();
    }

    private string Socket => "unix://" + folder["sock"];
}
