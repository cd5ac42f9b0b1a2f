using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Suite;

/// <summary>podman or buildah with storage, credentials and certificates of its own, so that it neither finds nor leaves anything.</summary>
internal sealed class ContainerTool(RunningRegistry registry, string name, TemporaryFolder folder)
{
    private readonly Tool tool = Tool.Require(name);

    public string AuthFile { get; } = folder[$"{name}-auth.json"];

    public Task<string> RunAsync(string verb, params string[] arguments) => tool.RunAsync([.. Storage(), verb, .. arguments]);

    public Task<ToolResult> TryRunAsync(string verb, params string[] arguments) => tool.TryRunAsync([.. Storage(), verb, .. arguments]);

    public Task<string> LoginAsync() =>
        RunAsync("login", [.. Access(), "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword, registry.Tls]);

    /// <summary>The flags of a verb that talks to the registry.</summary>
    public string[] Access() => ["--authfile", AuthFile, "--cert-dir", registry.CertificateFolder];

    private string[] Storage()
    {
        string[] storage = ["--storage-driver", "vfs", "--root", folder[$"{name}-root"], "--runroot", folder[$"{name}-run"]];
        return name == "podman" ? [.. storage, "--cgroup-manager", "cgroupfs", "--tmpdir", folder["podman-tmp"]] : storage;
    }
}
