using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Core.Events;
using Breakwater.Core.Policies;
using Breakwater.Oci;
using Dapper;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Events;

/// <summary>Which changes leave events, and that the two are one.</summary>
public sealed class EventOutboxTests : EventTest
{
    private static readonly EventRequest Request = new("11111111-1111-1111-1111-111111111111", "registry.example", "PUT", "docker/1 \ud800<\">");

    private async Task<List<JsonNode>> BodiesAsync() =>
        [.. (await Here.Open.Database.ReadAsync(db => db.QueryAsync<byte[]>("SELECT body FROM webhook_event ORDER BY sequence"))).Select(body => JsonNode.Parse(body)!)];

    [Fact]
    public async Task Push_NoWebhook_LeavesNothing()
    {
        await Here.PushImageAsync("a", "v1");
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Push_ByTag_TellsWhatAcrTells()
    {
        await CreateAsync("hooks", Receive());
        var body = ManifestOf([await Here.PushAsync("team/app", Content(10))]);
        await Here.Open.Manifests.PutAsync(Here.At("team/app"), ManifestReference.Parse("v1"), [], body, null, Request);

        var told = Assert.Single(await BodiesAsync()).AsObject();
        Assert.Equal(["id", "timestamp", "action", "target", "request"], told.Select(member => member.Key));
        Assert.Equal("push", (string?)told["action"]);
        Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{7}Z$", (string)told["timestamp"]!);
        Assert.Equal($$"""{"mediaType":"{{MediaTypes.OciManifest}}","size":{{body.Length}},"digest":"{{DigestOf(body)}}","length":{{body.Length}},"repository":"team/app","tag":"v1"}""", Relaxed(told["target"]!));
        Assert.Equal(["id", "host", "method", "useragent"], told["request"]!.AsObject().Select(member => member.Key));
        Assert.Equal("registry.example", (string?)told["request"]!["host"]);
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Push_UnderSeveralTags_IsAnEventForEach()
    {
        await CreateAsync("hooks", Receive());
        var body = ManifestOf([await Here.PushAsync("a", Content(10))]);
        await Here.Open.Manifests.PutAsync(Here.At("a"), ManifestReference.Parse(DigestOf(body).Value), [TagName.Parse("x"), TagName.Parse("y")], body, null);
        await Here.PutManifestAsync("a", body);
        Assert.Equal(["x", "y", null], (await BodiesAsync()).Select(told => (string?)told["target"]!["tag"]));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(101, 1)]
    public async Task Restore_WithItsTags_IsAPushOfEachOrOneForMoreThanAPushSets(int tags, int events)
    {
        await Here.SetPoliciesAsync(new RegistryPolicies { SoftDelete = new SoftDeletePolicy(IsEnabled: true) });
        var image = await Here.PushImageAsync("a", "t0");
        var body = (await Here.Open.Manifests.FindAsync(Here.At("a"), ManifestReference.Parse("t0")))!.Body;
        foreach (var more in Enumerable.Range(1, tags - 1).Chunk(50))
            await Here.Open.Manifests.PutAsync(Here.At("a"), ManifestReference.Parse(image.Value), [.. more.Select(i => TagName.Parse($"t{i}"))], body, null);
        await Here.Open.Manifests.DeleteAsync(Here.At("a"), image);
        await CreateAsync("hooks", Receive());
        await CreateAsync("elsewhere", Receive(), scope: "a:t1");

        await Here.Open.Restore.RestoreAsync(Here.At("a"), image, null, force: false, Request);

        var told = await Here.Open.Database.ReadAsync(db => db.QueryAsync<byte[]>("SELECT e.body FROM webhook_event e JOIN webhook w ON w.id = e.webhook_id WHERE w.name = 'hooks' ORDER BY e.sequence"));
        Assert.Equal(events, told.Count());
        Assert.All(told.Select(one => JsonNode.Parse(one)!), one => Assert.Equal(("push", image.Value), ((string?)one["action"], (string?)one["target"]!["digest"])));
        Assert.Equal(1, await CountAsync("webhook_id = (SELECT id FROM webhook WHERE name = 'elsewhere')"));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Push_UnderMoreTagsThanAPushSets_IsRefusedAndWritesNothing()
    {
        await CreateAsync("hooks", Receive());
        var body = ManifestOf([await Here.PushAsync("a", Content(10))]);
        TagName[] tags = [.. Enumerable.Range(0, 100).Select(i => TagName.Parse($"t{i}"))];

        await AssertErrorAsync(OciErrors.TagInvalid, () => Here.Open.Manifests.PutAsync(Here.At("a"), ManifestReference.Parse("one-more"), tags, body, null));
        await AssertErrorAsync(OciErrors.TagInvalid, () => Here.Open.Manifests.PutAsync(Here.At("new"), ManifestReference.Parse("one-more"), tags, body, null));
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM manifest) + (SELECT COUNT(*) FROM tag) + (SELECT COUNT(*) FROM repository WHERE name = 'new')"));

        await Here.Open.Manifests.PutAsync(Here.At("a"), ManifestReference.Parse("t7"), [.. tags, .. tags], body, null);
        Assert.Equal(100, await CountAsync());
    }

    [Fact]
    public async Task Push_AsManyWaitAsMay_IsLostAndShownUntilNothingWaits()
    {
        var receiver = Receive();
        await CreateAsync("full1", receiver);
        await CreateAsync("others", receiver);
        await FillAsync("full1", 9_999);
        await Here.PushImageAsync("a", "v1");
        Assert.Null((await Webhooks.FindAsync(Manage(), "full1"))!.OverflowedAt);
        var before = Here.Clock.GetUtcNow();
        await Here.PushImageAsync("a", "v2");
        await Here.PushImageAsync("a", "v3");

        var full = (await Webhooks.FindAsync(Manage(), "full1"))!;
        Assert.Equal(2, full.Lost);
        Assert.InRange(full.OverflowedAt!.Value, before.AddMilliseconds(-1), Here.Clock.GetUtcNow());
        Assert.Equal(0, (await Webhooks.FindAsync(Manage(), "others"))!.Lost);
        Assert.Equal(3, (await LogAsync("others")).Count);
        Assert.Contains("10000", (await Assert.ThrowsAsync<Core.Identity.InvalidValueException>(() => Events.PingAsync(Manage(), "full1"))).Message, StringComparison.Ordinal);
        Assert.Equal(full with { Actions = "push" }, await Webhooks.ChangeAsync(Manage(), "full1", new WebhookChange { Actions = ["push"] }));
        await Here.AssertSoundAsync();

        // The receiver has caught up with all but the last.
        await Here.ExecuteAsync("UPDATE webhook_event SET state = 1, due_at = NULL, ended_at = 1 WHERE lane = 'filled'; UPDATE webhook SET waiting = 1 WHERE name = 'full1'");
        Assert.Equal(2, (await Webhooks.FindAsync(Manage(), "full1"))!.Lost);
        await Pump.DeliverDueAsync(Cancellation);
        Assert.Equal((0, null), ((await Webhooks.FindAsync(Manage(), "full1"))!.Lost, (await Webhooks.FindAsync(Manage(), "full1"))!.OverflowedAt));
        await Here.PushImageAsync("a", "v4");
        Assert.Equal(1, await CountAsync("state = 0 AND webhook_id = (SELECT id FROM webhook WHERE name = 'full1')"));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Push_Refused_LeavesNothing()
    {
        await CreateAsync("hooks", Receive());
        await AssertErrorAsync(OciErrors.ManifestBlobUnknown, () => Here.PutManifestAsync("a", ManifestOf([DigestOf([1])]), "v1"));
        await Here.PushImageAsync("a", "v1");
        await Here.ChangeAsync("a", "v1", new(WriteEnabled: false));
        await AssertErrorAsync(OciErrors.OperationDisallowed, () => Here.PushImageAsync("a", "v1", seed: 2));
        Assert.Equal(1, await CountAsync());
    }

    /// <summary>The event is written after the manifest: if it cannot be, the manifest must not be either.</summary>
    [Fact]
    public async Task Push_EventCannotBeWritten_FailsWhole()
    {
        await CreateAsync("hooks", Receive());
        await Here.ExecuteAsync("CREATE TRIGGER no_events BEFORE INSERT ON webhook_event BEGIN SELECT RAISE(ABORT, 'no'); END");
        await Assert.ThrowsAnyAsync<OciException>(() => Here.PushImageAsync("a", "v1"));
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM manifest) + (SELECT COUNT(*) FROM tag) + (SELECT COUNT(*) FROM webhook_event)"));
        await Here.ExecuteAsync("DROP TRIGGER no_events");
        await Here.PushImageAsync("a", "v1");
        Assert.Equal(1, await CountAsync());
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Delete_ManifestAndRepository_AreTold_UntaggingIsNot()
    {
        await CreateAsync("hooks", Receive(), actions: ["delete"]);
        var digest = await Here.PushImageAsync("a", "v1");
        await Here.PushImageAsync("a", "v2", seed: 2);
        await Here.Open.Tags.DeleteAsync(Here.At("a"), TagName.Parse("v1"));
        Assert.Equal(0, await CountAsync());

        Assert.True(await Here.Open.Manifests.DeleteAsync(Here.At("a"), digest, Request with { Method = "DELETE" }));
        Assert.False(await Here.Open.Manifests.DeleteAsync(Here.At("a"), digest));
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        var told = await BodiesAsync();
        Assert.Equal(2, told.Count);
        Assert.Equal($$"""{"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{digest}}","repository":"a"}""", Relaxed(told[0]["target"]!));
        Assert.Equal("DELETE", (string?)told[0]["request"]!["method"]);
        Assert.Equal("""{"repository":"a"}""", Relaxed(told[1]["target"]!));
    }

    [Fact]
    public async Task Change_ScopesAndActions_DecideWhoHears()
    {
        var receiver = Receive();
        await CreateAsync("everything", receiver);
        await CreateAsync("onlyv1", receiver, scope: "a:v1");
        await CreateAsync("deletions", receiver, scope: "a:*", actions: ["delete"]);
        await CreateAsync("charts", receiver, actions: ["chart_push", "chart_delete"]);
        await CreateAsync("disabled", receiver);
        await Webhooks.ChangeAsync(Manage(), "disabled", new WebhookChange { Enabled = false });
        await Here.PushImageAsync("a", "v1");
        await Here.PushImageAsync("a", "v2", seed: 2);
        await Here.PushImageAsync("b", "v1");
        // A scope of one tag hears of the deletion of what had the tag.
        await Here.Open.Repositories.DeleteAsync(Here.At("a"));
        foreach (var (name, heard) in new[] { ("everything", 4), ("onlyv1", 2), ("deletions", 1), ("charts", 0), ("disabled", 0) })
            Assert.Equal(heard, (await LogAsync(name)).Count);
        // One event has one id, whoever hears of it.
        Assert.Equal(4, await Here.QueryAsync<long>("SELECT COUNT(DISTINCT id) FROM webhook_event"));
    }

    [Fact]
    public async Task Snapshot_WebhooksComeAndGo_IsFollowed()
    {
        var receiver = Receive();
        await CreateAsync("hooks", receiver);
        Assert.True(Here.Open.Outbox.HasListeners);
        await Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { Enabled = false });
        Assert.False(Here.Open.Outbox.HasListeners);
        await Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { Enabled = true });
        await ReopenAsync();
        Assert.True(Here.Open.Outbox.HasListeners);
        await Webhooks.DeleteAsync(Manage(), "hooks");
        Assert.False(Here.Open.Outbox.HasListeners);
        await Here.PushImageAsync("a", "v1");
        Assert.Equal(0, await CountAsync());
    }

    /// <summary>Pushes while webhooks are deleted and made: none fails, and each that was acknowledged after a creation is told.</summary>
    [Fact]
    public async Task Push_WhileWebhooksAreDeleted_NeverFails()
    {
        var receiver = Receive();
        await CreateAsync("stays", receiver);
        using var end = new CancellationTokenSource();
        var churn = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await CreateAsync("churns", receiver);
                await Webhooks.DeleteAsync(Manage(), "churns");
            }
        }, Cancellation);
        for (var i = 0; i < 40; i++)
            await Here.PushImageAsync("a", $"v{i}", seed: 1);
        await end.CancelAsync();
        await churn;
        Assert.Equal(40, (await LogAsync("stays")).Count);
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Push_CloudEventsFormat_IsOneOfItsSpecification()
    {
        await CreateAsync("hooks", Receive(), format: PayloadFormat.CloudEvents);
        var digest = await Here.PushImageAsync("team/app", "v1");
        await Here.PutManifestAsync("team/app", ManifestOf([await Here.PushAsync("team/app", Content(10))]));
        await Here.Open.Manifests.DeleteAsync(Here.At("team/app"), digest);
        await Here.Open.Repositories.DeleteAsync(Here.At("team/app"));
        var told = await BodiesAsync();
        Assert.All(told, one =>
        {
            Assert.Equal("1.0", (string?)one["specversion"]);
            Assert.Equal((string?)one["id"], (string?)one["data"]!["id"]);
            Assert.Equal((string?)one["time"], (string?)one["data"]!["timestamp"]);
            Assert.StartsWith("/subscriptions/", (string?)one["source"], StringComparison.Ordinal);
            Assert.Equal("application/json", (string?)one["datacontenttype"]);
        });
        Assert.Equal(["Microsoft.ContainerRegistry.ImagePushed", "Microsoft.ContainerRegistry.ImagePushed", "Microsoft.ContainerRegistry.ImageDeleted", "Microsoft.ContainerRegistry.ImageDeleted"], told.Select(one => (string?)one["type"]));
        Assert.Equal(["team/app:v1", $"team/app@{told[1]["data"]!["target"]!["digest"]}", $"team/app@{digest}", "team/app"], told.Select(one => (string?)one["subject"]));
    }

    [Fact]
    public async Task Registry_Deleted_TakesItsWebhooksAndEvents()
    {
        await CreateAsync("hooks", Receive());
        var other = Guid.NewGuid();
        await Here.ExecuteAsync("INSERT INTO registry (id, name, created_at) VALUES (@other, 'other', 0); UPDATE webhook SET registry_id = @other", new { other });
        await Here.ExecuteAsync("INSERT INTO webhook_event (id, webhook_id, lane, action, payload_format, body, queued_at) SELECT 'x', id, 'a', 'push', 0, x'00', 0 FROM webhook");
        await Here.ExecuteAsync("DELETE FROM registry WHERE id = @other", new { other });
        Assert.Equal(0, await Here.QueryAsync<long>("SELECT (SELECT COUNT(*) FROM webhook) + (SELECT COUNT(*) FROM webhook_event)"));
    }

    private static string Relaxed(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
