using System.Runtime.CompilerServices;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>Azure's own SDKs for JavaScript, of content and of management, with a credential of Azure's own identity library.</summary>
[Trait("tool", "node")]
public sealed class AzureSdkTests
{
    private const string Owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", Contributor = "2efddaa5-3f1f-4df3-97df-af3f13818f4c", Lister = "bfdb9389-c9a5-478a-bb2f-ba9ca092c3c7";

    [Fact]
    public async Task ContainerRegistrySdk_ServicePrincipal_DoesEverything()
    {
        var folder = Folder();
        Tool.RequireFile(Path.Combine(folder, "node_modules", "@azure", "container-registry", "package.json"), "Azure's SDK for JavaScript");
        await using var registry = await ManagedRegistry.StartAsync();
        await registry.ManageAsync("PATCH", registry.Id + ManagedRegistry.Version, new { properties = new { roleAssignmentMode = "AbacRepositoryPermissions" } });
        var (id, appId, secret) = await registry.CreateServiceAsync("sdk");
        await registry.AssignAsync(id, Contributor);
        await registry.AssignAsync(id, Lister);

        var result = await Tool.Require("node").TryRunAsync(
            ["sdk.mjs", registry.Origin, registry.Tenant, appId, secret],
            new Dictionary<string, string?> { ["NODE_EXTRA_CA_CERTS"] = registry.Server.CertificateFile }, folder);

        Assert.True(result.ExitCode == 0 && result.StandardOutput.Trim() == "ok", result.AllOutput);
    }

    [Fact]
    public async Task ManagementSdk_ServicePrincipal_ManagesRegistriesAndWhatIsBelowThem()
    {
        var folder = Folder();
        Tool.RequireFile(Path.Combine(folder, "node_modules", "@azure", "arm-containerregistry", "package.json"), "Azure's SDK for JavaScript");
        await using var registry = await ManagedRegistry.StartAsync([.. WebhookReceiver.Flags]);
        using var receiver = new WebhookReceiver();
        var (id, appId, secret) = await registry.CreateServiceAsync("sdk");
        await registry.AssignAsync(id, Owner, $"/subscriptions/{registry.Tenant}");

        var result = await Tool.Require("node").TryRunAsync(
            ["arm.mjs", registry.Origin, registry.Tenant, appId, secret, receiver.Address],
            new Dictionary<string, string?> { ["NODE_EXTRA_CA_CERTS"] = registry.Server.CertificateFile }, folder);

        Assert.True(result.ExitCode == 0 && result.StandardOutput.Trim() == "ok", result.AllOutput);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "sdk");
}
