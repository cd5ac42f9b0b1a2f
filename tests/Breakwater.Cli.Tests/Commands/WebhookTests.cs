using Breakwater.Cli.Tests.Suite;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>Webhooks, with a receiver that is called.</summary>
public sealed class WebhookTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Webhook_MadeChangedAndCalled_IsShownWithItsEventsAndDeleted()
    {
        using var receiver = new WebhookReceiver();
        var made = (await Owner.TypeAsync("X-Key=header-secret\nX-Team=one", "webhook", "create", "clihook", "-r", "local", "--uri", receiver.Address, "--actions", "push", "delete", "--scope", "cli/hooked:*", "--headers-stdin", "-o", "json")).Expect(0).Json;
        Assert.Equal(("clihook", "enabled", "cli/hooked:*", "normal"), ((string?)made["name"], (string?)made["properties"]!["status"], (string?)made["properties"]!["scope"], (string?)made["properties"]!["deliveryState"]));
        (await Owner.RunAsync("webhook", "create", "clihook", "--uri", receiver.Address, "--actions", "push")).Expect(6);

        var ping = (string)(await Owner.DoAsync("webhook ping clihook -o json")).Json["id"]!;
        await Server.PushAsync("cli/hooked", "v1");
        await Server.PushAsync("cli/unheard", "v1");
        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Taken.Count() == 2), "ping and push arrive");
        Assert.All(receiver.Received, one => Assert.Equal("header-secret", one.Headers["X-Key"]));
        Assert.Contains(receiver.Received, one => one.Headers["X-Breakwater-Event-Id"] == ping);

        await Eventually.HoldsAsync(async () => (await Owner.DoAsync("webhook list-events clihook -o tsv --query [].state")).Output == "delivered\ndelivered\n", "both are delivered");
        var events = (await Owner.DoAsync("webhook list-events clihook --top 5")).Output;
        Assert.Contains("cli/hooked", events, StringComparison.Ordinal);
        Assert.Contains("200", events, StringComparison.Ordinal);
        Assert.DoesNotContain("header-secret", (await Owner.DoAsync("webhook list-events clihook -o json")).Output, StringComparison.Ordinal);

        var config = (await Owner.DoAsync("webhook get-config clihook")).Output;
        Assert.Contains(receiver.Address, config, StringComparison.Ordinal);
        Assert.Contains("bwk_wh_", config, StringComparison.Ordinal);
        Assert.Equal("disabled", (await Owner.DoAsync("webhook update clihook --status disabled -o tsv --query properties.status")).Output.Trim());
        Assert.Equal("header-secret", (string?)(await Owner.DoAsync("webhook get-config clihook -o json")).Json["customHeaders"]!["X-Key"]);
        Assert.Contains("Enable it", (await Owner.RunAsync("webhook", "ping", "clihook")).Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal("", (await Owner.DoAsync("webhook update clihook -o tsv --query properties.scope --scope", "")).Output.Trim());
        Assert.Contains("clihook", (await Owner.DoAsync("webhook list")).Output, StringComparison.Ordinal);
        Assert.Equal("clihook", (await Owner.DoAsync("webhook show clihook -o tsv --query name")).Output.Trim());

        await Owner.DoAsync("webhook delete clihook -y");
        foreach (var verb in new[] { "show", "ping", "get-config", "list-events" })
            (await Owner.RunAsync("webhook", verb, "clihook")).Expect(3);
        (await Owner.RunAsync("webhook", "delete", "clihook", "-y")).Expect(3);
        (await Owner.RunAsync("webhook", "update", "clihook", "--status", "enabled")).Expect(3);
    }

    [Theory]
    [InlineData("serviceUri", "clihook2", "--uri", "ftp://a", "--actions", "push")]
    [InlineData("--webhook-allow", "clihook2", "--uri", "http://10.0.0.1/", "--actions", "push")]
    [InlineData("quarantine", "clihook2", "--uri", "https://a.example/", "--actions", "quarantine")]
    [InlineData("NAME:TAG", "clihook2", "--uri", "https://a.example/", "--actions", "push", "--scope", "a:b:c")]
    [InlineData("location", "clihook2", "--uri", "https://a.example/", "--actions", "push", "--location", "elsewhere")]
    [InlineData("5 to 50", "hook", "--uri", "https://a.example/", "--actions", "push")]
    [InlineData("--uri", "clihook2", "--actions", "push")]
    public async Task Create_WhatCannotBe_Is2WithTheReasonAndMakesNothing(string reason, params string[] words)
    {
        Assert.Contains(reason, (await Owner.RunAsync(["webhook", "create", .. words])).Expect(2).Error, StringComparison.Ordinal);
        (await Owner.RunAsync("webhook", "show", words[0])).Expect(3);
    }

    [Fact]
    public async Task Webhook_OfAReader_IsSeenAndNotTouched()
    {
        await Owner.DoAsync("webhook create readhook --uri https://a.example/ --actions push");
        using var reader = await CreateUserAsync("hook-reader", "Reader");

        await reader.DoAsync("webhook show readhook");
        foreach (var words in new[] { "ping readhook", "get-config readhook", "list-events readhook", "delete readhook -y", "update readhook --status disabled" })
            (await reader.RunAsync(["webhook", .. words.Split(' ')])).Expect(5);
        await Owner.DoAsync("webhook delete readhook -y");
    }
}
