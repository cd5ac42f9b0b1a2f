using Breakwater.Cli.Tests.Suite;
using Breakwater.Testing.Registry;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>The server copies; the command asks for it and waits.</summary>
public sealed class ImportTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Import_ByHostAndByRegistry_CopiesUnderTheNewName()
    {
        var digest = await Server.PushAsync("cli/origin", "v1");
        using var client = Server.Process.CreateClient();

        await Owner.DoAsync($"import {Server.Authority}/cli/origin:v1 -t cli/byhost:v2");
        Assert.Equal(digest, (await client.HeadManifestAsync("cli/byhost", "v2")).Digest);
        await Owner.DoAsync($"import cli/origin@{digest} --source-registry local -t cli/byname:v3 --include-referrers");
        Assert.Equal(digest, (await client.HeadManifestAsync("cli/byname", "v3")).Digest);
        await Owner.DoAsync("import cli/origin:v1 --source-registry local --repository cli/untagged");
        Assert.Equal(digest, (await client.HeadManifestAsync("cli/untagged", digest)).Digest);
    }

    [Fact]
    public async Task Import_OntoAnExistingTag_FailsUnlessForced()
    {
        await Server.PushAsync("cli/kept", "v1");
        var other = await Server.PushAsync("cli/kept", "v2");
        using var client = Server.Process.CreateClient();

        var refused = await Owner.RunAsync("import", "cli/kept:v2", "--source-registry", "local", "-t", "cli/kept:v1");
        refused.Expect(6);
        Assert.Contains("already exists in target registry", refused.Error, StringComparison.Ordinal);
        await Owner.DoAsync("import cli/kept:v2 --source-registry local -t cli/kept:v1 --force");
        Assert.Equal(other, (await client.HeadManifestAsync("cli/kept", "v1")).Digest);
    }

    [Fact]
    public async Task Import_WhatIsNotThere_SaysSo()
    {
        (await Owner.RunAsync("import", "no/such:v1", "--source-registry", "local", "-t", "cli/never:v1")).Expect(3);
        (await Owner.RunAsync("import", "127.0.0.1:9/app:v1", "-t", "cli/never:v1")).Expect(2);
    }
}
