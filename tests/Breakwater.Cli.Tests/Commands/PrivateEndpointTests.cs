using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>Private endpoints, from both sides.</summary>
public sealed class PrivateEndpointTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Endpoint_AskedForAndDecided_IsShownOnBothSides()
    {
        await Owner.DoAsync("registry create privatereg --sku Premium");
        try
        {
            Assert.Contains("sourcePrefixes", (await Owner.RunAsync("private-endpoint", "create", "one", "-r", "privatereg")).Expect(2).Error, StringComparison.Ordinal);
            await Owner.DoAsync("private-endpoint create one -r privatereg --listener vpn --source-prefixes 10.8.0.0/24 fd00::/64 --manual-request --request-message please");
            (await Owner.RunAsync("private-endpoint", "create", "one", "-r", "privatereg", "--source-prefixes", "10.8.0.0/24")).Expect(6);
            Assert.Equal("Pending", (await Owner.DoAsync("private-endpoint show one -o json")).Json["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!["privateLinkServiceConnectionState"]!["status"]!.GetValue<string>());

            var connection = (string)(await Owner.DoAsync("private-endpoint-connection list -r privatereg -o json")).Json[0]!["name"]!;
            Assert.Contains("please", (await Owner.DoAsync($"private-endpoint-connection show {connection} -r privatereg")).Output, StringComparison.Ordinal);
            Assert.Contains("Approved", (await Owner.DoAsync($"private-endpoint-connection approve {connection} -r privatereg --description welcome")).Output, StringComparison.Ordinal);
            Assert.Contains("Approved", (await Owner.DoAsync("private-endpoint list")).Output, StringComparison.Ordinal);
            Assert.Contains("Rejected", (await Owner.DoAsync($"private-endpoint-connection reject --name {connection} -r privatereg")).Output, StringComparison.Ordinal);

            var dns = (await Owner.DoAsync("private-endpoint dns one -o json")).Json[0]!;
            Assert.Equal(("privatereg.localhost. IN A 127.0.0.1", "privatereg.localhost"), ((string?)dns["line"], (string?)dns["name"]));
            if (!(bool)dns["isRight"]!)
                Assert.Contains("needs the line", (await Owner.RunAsync("private-endpoint", "dns", "one", "--check")).Expect(1).Error, StringComparison.Ordinal);

            await Owner.DoAsync("private-endpoint delete one -y");
            Assert.Equal("Disconnected", (string?)(await Owner.DoAsync($"private-endpoint-connection show {connection} -r privatereg -o json")).Json["properties"]!["privateLinkServiceConnectionState"]!["status"]);
            await Owner.DoAsync($"private-endpoint-connection delete {connection} -r privatereg -y");
            (await Owner.RunAsync("private-endpoint", "show", "one")).Expect(3);
        }
        finally
        {
            await Owner.DoAsync("registry delete privatereg -y");
        }
    }

    /// <summary>Names of registries are unique across groups: whichever it is in, its name finds it.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" -g cli-private")]
    public async Task Endpoint_OfARegistryInAnotherGroup_IsMadeForThatOne(string group)
    {
        await Owner.DoAsync("resource-group create cli-private");
        await Owner.DoAsync("registry create elsewherereg -g cli-private --sku Premium");
        try
        {
            var made = (await Owner.DoAsync($"private-endpoint create far -r elsewherereg{group} --source-prefixes 10.9.0.0/24 -o json")).Json;
            var link = made["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!;
            Assert.EndsWith("/resourceGroups/cli-private/providers/Microsoft.ContainerRegistry/registries/elsewherereg", (string?)link["privateLinkServiceId"], StringComparison.Ordinal);
            Assert.Equal("Approved", (string?)link["privateLinkServiceConnectionState"]!["status"]);
            Assert.Single((await Owner.DoAsync("private-endpoint-connection list -r elsewherereg -o json")).Json.AsArray());
            await Owner.DoAsync("private-endpoint delete far -y");
        }
        finally
        {
            await Owner.DoAsync("registry delete elsewherereg -y");
            await Owner.DoAsync("registry purge elsewherereg -g cli-private -y");
            await Owner.DoAsync("resource-group delete cli-private -y");
        }
    }
}
