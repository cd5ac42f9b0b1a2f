using Breakwater.Testing.Hosting;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Suite;

/// <summary>skopeo, signed in by a credentials file of its own.</summary>
internal sealed class Skopeo(RunningRegistry registry, TemporaryFolder folder)
{
    private readonly Tool tool = Tool.Require("skopeo");

    public string AuthFile { get; } = folder["skopeo-auth.json"];

    public Task<string> RunAsync(params string[] arguments) => tool.RunAsync(arguments);

    public Task<ToolResult> TryRunAsync(params string[] arguments) => tool.TryRunAsync(arguments);

    public Task<ToolResult> TryRunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        tool.TryRunAsync(arguments, environment);

    public Task<string> LoginAsync() => RunAsync(
        "login", "--authfile", AuthFile, "--cert-dir", registry.CertificateFolder,
        "--username", ServerProcess.OwnerName, "--password", ServerProcess.OwnerPassword, registry.Tls);

    /// <summary>Pushes an image layout as it is.</summary>
    public Task<string> PushAsync(string layout, string image) => RunAsync(
        "copy", "--all", "--preserve-digests", "--authfile", AuthFile, "--dest-cert-dir", registry.CertificateFolder, layout, Remote(image));

    /// <summary>Pulls into a fresh layout.</summary>
    public Task<string> PullAsync(string image, string layout) => RunAsync(
        "copy", "--all", "--preserve-digests", "--authfile", AuthFile, "--src-cert-dir", registry.CertificateFolder, Remote(image), layout);

    public string Remote(string image) => $"docker://{registry.Tls}/{image}";

    public string[] Access() => ["--authfile", AuthFile, "--cert-dir", registry.CertificateFolder];
}
