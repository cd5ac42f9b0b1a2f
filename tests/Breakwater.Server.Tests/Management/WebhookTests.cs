using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Core.Metadata;
using Breakwater.Server.Tests.Access;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Breakwater.Server.Tests.Management;

/// <summary>Webhooks by ARM's interface. That events arrive is shown with real processes.</summary>
public sealed class WebhookTests(AccessHost host) : ManagementTest(host)
{
    private const string Uri = "https://user:uri-secret@receiver.example/hook?code=uri-secret";

    private static object Body(object? properties = null) => new
    {
        location = "local",
        tags = new { team = "one" },
        properties = properties ?? new { serviceUri = Uri, customHeaders = new Dictionary<string, string> { ["X-Key"] = "header-secret", ["status"] = "header-secret" }, status = "enabled", scope = "team/*:v*", actions = new[] { "push", "delete", "chart_push" } },
    };

    private static string At(string name, string tail = "") => $"{Registry}/webhooks/{name}{tail}{Version}";

    private Task<JsonNode?> CreateAsync(string name, object? properties = null) => CallAsync(HttpStatusCode.Created, "PUT", At(name), Body(properties));

    [Fact]
    public async Task Put_Webhook_IsShownWithoutSecretsAndConfigWithThem()
    {
        var made = (await CreateAsync("fullhook"))!;
        Assert.Equal($"{Registry}/webhooks/fullhook", (string?)made["id"]);
        Assert.Equal("Microsoft.ContainerRegistry/registries/webhooks", (string?)made["type"]);
        Assert.Equal(("local", "one"), ((string?)made["location"], (string?)made["tags"]!["team"]));
        Assert.Equal(["status", "scope", "actions", "payloadFormat", "creationDate", "provisioningState", "deliveryState", "eventsLost"], made["properties"]!.AsObject().Select(member => member.Key));
        Assert.Equal("acr", (string?)made["properties"]!["payloadFormat"]);

        var shown = await CallAsync(HttpStatusCode.OK, "GET", At("fullhook"));
        Assert.Equal(made.ToJsonString(), shown!.ToJsonString());
        Assert.DoesNotContain("secret", shown.ToJsonString() + await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}/webhooks{Version}"), StringComparison.Ordinal);
        await CallAsync(HttpStatusCode.OK, "PUT", At("fullhook"), Body());

        var config = (await CallAsync(HttpStatusCode.OK, "POST", At("fullhook", "/getCallbackConfig")))!;
        Assert.Equal(Uri, (string?)config["serviceUri"]);
        Assert.Equal("header-secret", (string?)config["customHeaders"]!["X-Key"]);
        var secret = (string)config["signingSecret"]!;
        Assert.StartsWith("bwk_wh_", secret, StringComparison.Ordinal);
        var renewed = (string)(await CallAsync(HttpStatusCode.OK, "POST", At("fullhook", "/regenerateSecret")))!["signingSecret"]!;
        Assert.NotEqual(secret, renewed);
        Assert.Equal(renewed, (string?)(await CallAsync(HttpStatusCode.OK, "POST", At("fullhook", "/getCallbackConfig")))!["signingSecret"]);

        var records = await RecordsAsync();
        Assert.Contains("webhooks/write", records, StringComparison.Ordinal);
        Assert.Contains("webhooks/getCallbackConfig/action", records, StringComparison.Ordinal);
        Assert.Contains("scope=team/*:v*", records, StringComparison.Ordinal);
        Assert.DoesNotContain("header-secret", records, StringComparison.Ordinal);
        Assert.DoesNotContain("uri-secret", records, StringComparison.Ordinal);
        Assert.DoesNotContain("bwk_wh_", records, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_Members_ChangesThemAlone()
    {
        await CreateAsync("patched");
        var changed = (await CallAsync(HttpStatusCode.OK, "PATCH", At("patched"), new { properties = new { status = "disabled", payloadFormat = "cloudevents" } }))!;
        Assert.Equal(("disabled", "cloudevents", "team/*:v*"), ((string?)changed["properties"]!["status"], (string?)changed["properties"]!["payloadFormat"], (string?)changed["properties"]!["scope"]));
        Assert.Equal("one", (string?)changed["tags"]!["team"]);
        Assert.Equal(Uri, (string?)(await CallAsync(HttpStatusCode.OK, "POST", At("patched", "/getCallbackConfig")))!["serviceUri"]);
        Assert.Contains("disabled", (string?)(await CallAsync(HttpStatusCode.BadRequest, "POST", At("patched", "/ping")))!["error"]!["message"], StringComparison.Ordinal);
        await CallAsync(HttpStatusCode.NotFound, "PATCH", At("absent"), new { properties = new { status = "disabled" } });
    }

    [Theory]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["quarantine"]}}""", "quarantine")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["pull"]}}""", "push, delete")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example"}}""", "push, delete")]
    [InlineData("""{"properties":{"actions":["push"]}}""", "serviceUri")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["push"],"status":"on"}}""", "enabled or disabled")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["push"],"payloadFormat":"xml"}}""", "acr or cloudevents")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["push"],"scope":"a:b:c"}}""", "NAME:TAG")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["push"],"customHeaders":{"Host":"x"}}}""", "Host")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["push"],"customHeaders":{"X-Key":null}}}""", "X-Key")]
    [InlineData("""{"properties":{"serviceUri":"http://169.254.169.254/","actions":["push"]}}""", "--webhook-allow")]
    [InlineData("""{"location":"westus","properties":{"serviceUri":"https://a.example","actions":["push"]}}""", "location")]
    [InlineData("""{"properties":{"serviceUri":"https://a.example","actions":["push"],"retries":5}}""", "$.properties")]
    [InlineData("""{}""", "serviceUri")]
    public async Task Put_WrongBody_IsRefusedWithTheRemedy(string body, string named)
    {
        var answer = (await CallAsync(HttpStatusCode.BadRequest, "PUT", At("wronghook"), JsonNode.Parse(body)))!;
        Assert.Contains(named, (string?)answer["error"]!["message"], StringComparison.Ordinal);
        await CallAsync(HttpStatusCode.NotFound, "GET", At("wronghook"));
    }

    [Fact]
    public async Task Delete_Webhook_IsGoneAndAbsentOnesAre204()
    {
        await CreateAsync("deleted");
        await CallAsync(HttpStatusCode.OK, "DELETE", At("deleted"));
        await CallAsync(HttpStatusCode.NoContent, "DELETE", At("deleted"));
        foreach (var tail in new[] { "/ping", "/listEvents", "/getCallbackConfig", "/regenerateSecret" })
            await CallAsync(HttpStatusCode.NotFound, "POST", At("deleted", tail));
        await CallAsync(HttpStatusCode.NotFound, "POST", At("deleted", "/redeliver"), new { });
    }

    [Fact]
    public async Task List_ManyWebhooks_ComesInPages()
    {
        for (var i = 0; i < 101; i++)
            await CreateAsync($"paged{i:000}");
        var names = new List<string>();
        for (var next = $"{Registry}/webhooks{Version}"; next is not null;)
        {
            var page = (await CallAsync(HttpStatusCode.OK, "GET", next))!;
            names.AddRange(page["value"]!.AsArray().Select(webhook => (string)webhook!["name"]!));
            next = (string?)page["nextLink"];
        }
        Assert.Equal(101, names.Count(name => name.StartsWith("paged", StringComparison.Ordinal)));
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task ListEvents_EventThatWaits_IsShownAsAcrShowsIt()
    {
        await CreateAsync("logged");
        var id = (string)(await CallAsync(HttpStatusCode.OK, "POST", At("logged", "/ping")))!["id"]!;
        var item = Assert.Single((await CallAsync(HttpStatusCode.OK, "POST", At("logged", "/listEvents")))!["value"]!.AsArray())!;
        Assert.Equal((id, "waiting", 0), ((string?)item["id"], (string?)item["state"], (int)item["attempts"]!));
        Assert.Equal((id, "ping"), ((string?)item["eventRequestMessage"]!["content"]!["id"], (string?)item["eventRequestMessage"]!["content"]!["action"]));
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "POST", At("logged", "/listEvents") + "&state=dead"))!["value"]!.AsArray());
        await CallAsync(HttpStatusCode.BadRequest, "POST", At("logged", "/listEvents") + "&state=gone");
        await CallAsync(HttpStatusCode.NotFound, "POST", At("logged", "/redeliver"), new { eventId = id });

        await Host.Services.GetRequiredService<IMetadataDatabase>().WriteAsync(db => db.Execute("UPDATE webhook_event SET state = 2, due_at = NULL, ended_at = 0 WHERE id = @id", new { id = Guid.Parse(id) }));
        Assert.Equal(1, (int)(await CallAsync(HttpStatusCode.OK, "POST", At("logged", "/redeliver"), new { eventId = id }))!["count"]!);
        Assert.Equal(0, (int)(await CallAsync(HttpStatusCode.OK, "POST", At("logged", "/redeliver"), new { }))!["count"]!);
    }

    [Fact]
    public async Task Get_WebhookThatLosesEvents_SaysSoAndSinceWhen()
    {
        await CreateAsync("overfull");
        Assert.Equal("normal", (string?)(await CallAsync(HttpStatusCode.OK, "GET", At("overfull")))!["properties"]!["deliveryState"]);
        await Host.Services.GetRequiredService<IMetadataDatabase>().WriteAsync(db => db.Execute("UPDATE webhook SET waiting = 10000, lost = 7, overflowed_at = 1767323045000 WHERE name = 'overfull'"));

        var shown = (await CallAsync(HttpStatusCode.OK, "GET", At("overfull")))!["properties"]!;
        Assert.Equal(("overflowed", 7), ((string?)shown["deliveryState"], (int)shown["eventsLost"]!));
        Assert.StartsWith("2026-01-02T03:04:05", (string?)shown["overflowedAt"], StringComparison.Ordinal);
        Assert.Contains("10000 events", (string?)(await CallAsync(HttpStatusCode.BadRequest, "POST", At("overfull", "/ping")))!["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_SeesWebhooksAndNothingOfTheirSecretsOrLog()
    {
        await CreateAsync("forreader");
        await AssignAsync(await CreateUserAsync("hook-reader"), "Reader");
        var reader = AccessHost.Basic("hook-reader");
        await CallAsync(HttpStatusCode.OK, "GET", At("forreader"), authorization: reader);
        foreach (var tail in new[] { "/ping", "/listEvents", "/getCallbackConfig", "/regenerateSecret", "/redeliver" })
            await CallAsync(HttpStatusCode.Forbidden, "POST", At("forreader", tail), new { }, reader);
        await CallAsync(HttpStatusCode.Forbidden, "DELETE", At("forreader"), authorization: reader);
    }

    /// <summary>The right to write is enough to write: nothing is changed and then refused.</summary>
    [Fact]
    public async Task Put_ByWhoMayWriteOnly_IsAnswered()
    {
        var role = $"{Guid.NewGuid():D}";
        await CallAsync(HttpStatusCode.Created, "PUT", $"{Registry}/providers/Microsoft.Authorization/roleDefinitions/{role}{Version}", new
        {
            properties = new { roleName = "hook writer", permissions = new[] { new { actions = new[] { "Microsoft.ContainerRegistry/registries/webhooks/write" } } }, assignableScopes = new[] { Registry } },
        });
        var writer = await CreateUserAsync("hook-writer");
        await CallAsync(HttpStatusCode.Created, "PUT", $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid():D}{Version}", new
        {
            properties = new { principalId = writer, roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{role}" },
        });
        await CallAsync(HttpStatusCode.Created, "PUT", At("written"), Body(), AccessHost.Basic("hook-writer"));
        await CallAsync(HttpStatusCode.OK, "PATCH", At("written"), new { properties = new { status = "disabled" } }, AccessHost.Basic("hook-writer"));
        await CallAsync(HttpStatusCode.Forbidden, "GET", At("written"), authorization: AccessHost.Basic("hook-writer"));
    }

    private async Task<string> RecordsAsync()
    {
        var page = (await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}/auditEvents{Version}&$top=1000"))!;
        return page.ToJsonString();
    }
}
