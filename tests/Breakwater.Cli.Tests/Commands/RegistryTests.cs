using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>A registry's settings, its own ways to sign in, and its log.</summary>
public sealed class RegistryTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Registry_ChangedSettings_AreShownAndTheRestStays()
    {
        await Owner.DoAsync("registry update -n local --anonymous-pull-repositories public/* open/app");
        Assert.Equal(["public/*", "open/app"], (await Owner.DoAsync("registry show -o json")).Json["properties"]!["anonymousPullRepositories"]!.AsArray().Select(one => (string)one!));
        await Owner.DoAsync("registry update --anonymous-pull-repositories", "");

        var shown = (await Owner.DoAsync("registry show -o json")).Json["properties"]!;
        Assert.Empty(shown["anonymousPullRepositories"]!.AsArray());
        Assert.False((bool)shown["adminUserEnabled"]!);
        (await Owner.RunAsync("registry", "update")).Expect(2);
        (await Owner.RunAsync("registry", "update", "--role-assignment-mode", "strange")).Expect(2);
        (await Owner.RunAsync("registry", "show", "-n", "nosuch")).Expect(3);
    }

    [Fact]
    public async Task Registry_MadeAndDeleted_HasItsSettingsAndUsageAndLeavesTheOthers()
    {
        var made = (await Owner.DoAsync("registry create secondreg --sku Basic --location elsewhere --tags team=one place=two --admin-enabled true -o json")).Json;
        try
        {
            Assert.Equal(("secondreg", "Basic", "elsewhere", "Succeeded"), ((string?)made["name"], (string?)made["sku"]!["name"], (string?)made["location"], (string?)made["properties"]!["provisioningState"]));
            Assert.Equal("one", (string?)made["tags"]!["team"]);
            Assert.True((bool)made["properties"]!["adminUserEnabled"]!);
            Assert.Equal("local\nsecondreg\n", (await Owner.DoAsync("registry list -o tsv --query [].name")).Output);
            Assert.Contains("secondreg", (await Owner.RunAsync("usage")).Expect(2).Error, StringComparison.Ordinal);

            var usage = (await Owner.DoAsync("usage -n secondreg -o json")).Json.AsArray();
            Assert.Equal(0, (int)usage.Single(one => (string?)one!["name"] == "Webhooks")!["currentValue"]!);
            Assert.Equal("Bytes", (string?)usage.Single(one => (string?)one!["name"] == "Size")!["unit"]);
            Assert.Contains("GiB", (await Owner.DoAsync("usage -n secondreg")).Output, StringComparison.Ordinal);
            Assert.Equal("elsewhere", (await Owner.DoAsync("webhook create second1 -r secondreg --uri https://a.example/ --actions push -o tsv --query location")).Output.Trim());
            Assert.Empty((await Owner.DoAsync("webhook list -r local -o json")).Json.AsArray());

            await Owner.DoAsync("registry update -n secondreg --sku Standard --tags", "");
            var shown = (await Owner.DoAsync("registry show -n secondreg -o json")).Json;
            Assert.Equal("Standard", (string?)shown["sku"]!["name"]);
            Assert.Empty(shown["tags"]!.AsObject());
            (await Owner.RunAsync("registry", "create", "secondreg", "--sku", "Basic")).Expect(6);
            (await Owner.RunAsync("registry", "delete", "secondreg")).Expect(2);
        }
        finally
        {
            await Owner.DoAsync("registry delete secondreg -y");
        }
        (await Owner.RunAsync("registry", "show", "-n", "secondreg")).Expect(3);
        (await Owner.RunAsync("registry", "delete", "secondreg", "-y")).Expect(3);
        (await Owner.RunAsync("usage", "-n", "secondreg")).Expect(3);
        Assert.Equal("local", (await Owner.DoAsync("registry list -o tsv --query [].name")).Output.Trim());
        Assert.Contains("Size", (await Owner.DoAsync("usage")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sku", "thirdreg", "--sku", "Huge")]
    [InlineData("name", "a-b")]
    public async Task RegistryCreate_WhatCannotBe_Is2AndMakesNothing(string reason, params string[] words)
    {
        Assert.Contains(reason, (await Owner.RunAsync(["registry", "create", .. words])).Expect(2).Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("local", (await Owner.DoAsync("registry list -o tsv --query [].name")).Output.Trim());
    }

    [Fact]
    public async Task RegistryCreate_ByAReaderOfOneRegistry_IsRefused()
    {
        using var reader = await CreateUserAsync("registry-reader", "Reader");

        (await reader.RunAsync("registry", "create", "fourthreg")).Expect(5);
        (await reader.RunAsync("registry", "delete", "local", "-y")).Expect(5);
        await reader.DoAsync("usage");
    }

    [Fact]
    public async Task AdminUser_WhileEnabled_HasPasswordsThatCanBeRenewed()
    {
        (await Owner.RunAsync("credential", "show")).Expect(2);
        await Owner.DoAsync("registry update --admin-enabled true");
        var before = (await Owner.DoAsync("credential show -o json")).Json["passwords"]!.AsArray();
        var after = (await Owner.DoAsync("credential renew --password-name password2 -o json")).Json["passwords"]!.AsArray();
        await Owner.DoAsync("registry update --admin-enabled false");

        Assert.Equal((string)before[0]!["value"]!, (string)after[0]!["value"]!);
        Assert.NotEqual((string)before[1]!["value"]!, (string)after[1]!["value"]!);
    }

    [Fact]
    public async Task Token_WithRepositoriesOfItsOwn_SignsInUntilItsPasswordIsDeleted()
    {
        await Server.PushAsync("cli/tokened", "v1");
        var made = (await Owner.DoAsync("token create token-one --repository cli/tokened content/read metadata/read --expiration-in-days 3 -o json")).Json;
        using var client = new Breakwater.Testing.Registry.RegistryClient(new Uri($"http://{Server.Process.HttpAuthority}"), "token-one", (string)made["passwords"]![0]!["value"]!);
        Assert.Equal(200, (await client.GetAsync("/v2/cli/tokened/tags/list")).Code);

        var left = (await Owner.DoAsync("token credential delete token-one --password1 -o json")).Json;

        Assert.Equal("password2", (string)Assert.Single(left["properties"]!["credentials"]!["passwords"]!.AsArray())!["name"]!);
        Assert.Equal(401, (await client.GetAsync("/v2/cli/tokened/tags/list")).Code);
        (await Owner.RunAsync("token", "credential", "delete", "token-one", "--password1")).Expect(3);
        (await Owner.RunAsync("token", "credential", "delete", "token-one")).Expect(2);
        Assert.Equal("password1", (string)Assert.Single((await Owner.DoAsync("token credential generate token-one --password1 -o json")).Json["passwords"]!.AsArray())!["name"]!);
        Assert.Equal("disabled", (await Owner.DoAsync("token update token-one --status disabled -o tsv --query properties.status")).Output.Trim());
        Assert.Contains("token-one-scope-map", (await Owner.DoAsync("token list")).Output, StringComparison.Ordinal);
        await Owner.DoAsync("token delete token-one -y");
        (await Owner.RunAsync("token", "show", "token-one")).Expect(3);
        (await Owner.RunAsync("token", "delete", "token-one", "-y")).Expect(3);
        (await Owner.RunAsync("token", "create", "token-two")).Expect(2);
        (await Owner.RunAsync("token", "create", "token-one", "--repository", "x", "content/read")).Expect(6);
    }

    [Fact]
    public async Task ScopeMap_Changed_GainsAndLosesActions()
    {
        await Owner.DoAsync("scope-map create map-one --repository a content/read content/write --repository b/* metadata/read --description first");
        await Owner.DoAsync("scope-map update map-one --remove-repository a content/write --add-repository c content/delete");

        var map = (await Owner.DoAsync("scope-map show map-one -o json")).Json["properties"]!;
        Assert.Equal("first", (string)map["description"]!);
        Assert.Equal(["repositories/a/content/read", "repositories/b/*/metadata/read", "repositories/c/content/delete"], map["actions"]!.AsArray().Select(one => (string)one!).Order());
        (await Owner.RunAsync("scope-map", "update", "map-one", "--remove-repository", "a", "content/delete")).Expect(3);
        (await Owner.RunAsync("scope-map", "create", "map-two", "--repository", "content/read")).Expect(2);
        (await Owner.RunAsync("scope-map", "create", "map-two", "--repository", "a")).Expect(2);
        Assert.Contains("map-one", (await Owner.DoAsync("scope-map list")).Output, StringComparison.Ordinal);
        (await Owner.RunAsync("scope-map", "create", "map-one", "--repository", "x", "content/read")).Expect(6);
        (await Owner.RunAsync("registry", "create", "local", "--sku", "Basic")).Expect(6);
        await Owner.DoAsync("scope-map delete map-one -y");
    }

    [Fact]
    public async Task Audit_Filtered_ShowsThatAlone()
    {
        await Owner.DoAsync("user create audited --generate-password");
        await Owner.DoAsync("user delete audited -y");

        var found = (await Owner.DoAsync("audit --category administration --identity owner --from 10m --top 2 -o json")).Json.AsArray();
        Assert.Equal(2, found.Count);
        Assert.All(found, one => Assert.Equal("ContainerRegistryAdministrationEvents", (string)one!["Category"]!));
        Assert.Empty((await Owner.DoAsync("audit --until 2020-01-01 -o json")).Json.AsArray());
        (await Owner.RunAsync("audit", "--from", "yesterday")).Expect(2);
        using var reader = await CreateUserAsync("audit-reader", "Reader");
        (await reader.RunAsync("audit")).Expect(5);
    }
}
