using Breakwater.Core.Events;
using Breakwater.Core.Identity;
using Breakwater.Core.Tiers;
using Dapper;

namespace Breakwater.Core.Tests.Events;

public sealed class WebhooksTests : EventTest
{
    private static readonly WebhookChange Good = new() { ServiceUri = "https://example.com/hook", Actions = ["push"] };

    [Theory]
    [InlineData("abcd")]
    [InlineData("with-hyphen")]
    [InlineData("with_underscore")]
    [InlineData("012345678901234567890123456789012345678901234567890")]
    public async Task Put_WrongName_IsRefused(string name) => await Assert.ThrowsAsync<InvalidValueException>(() => Webhooks.PutAsync(Manage(), name, Good));

    public static TheoryData<string, WebhookChange> Wrong => new()
    {
        { "actions", Good with { Actions = [] } },
        { "actions", Good with { Actions = ["pull"] } },
        { "quarantine cannot fire", Good with { Actions = ["push", "quarantine"] } },
        { "serviceUri", Good with { ServiceUri = null } },
        { "serviceUri", Good with { ServiceUri = "ftp://example.com" } },
        { "--webhook-allow", Good with { ServiceUri = "http://10.0.0.1/x" } },
        { "--webhook-allow", Good with { ServiceUri = "http://169.254.169.254/latest" } },
        { "--webhook-allow", Good with { ServiceUri = "http://[::1]/x" } },
        { "--webhook-allow", Good with { ServiceUri = "http://2852039166/" } },
        { "scope", Good with { Scope = "a:b:c" } },
        { "Host", Good with { CustomHeaders = new Dictionary<string, string> { ["Host"] = "x" } } },
        { "credentials", Good with { ServiceUri = "https://u:p@example.com", CustomHeaders = new Dictionary<string, string> { ["authorization"] = "x" } } },
        { "tags", Good with { Tags = new Dictionary<string, string> { [""] = "x" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Put_WrongContent_IsRefusedAndChangesNothing(string named, WebhookChange content)
    {
        await Webhooks.PutAsync(Manage(), "there", Good);
        foreach (var name in new[] { "there", "absent" })
            Assert.Contains(named, (await Assert.ThrowsAsync<InvalidValueException>(() => Webhooks.PutAsync(Manage(), name, content))).Message, StringComparison.Ordinal);
        var left = Assert.Single((await Webhooks.ListAsync(Manage(), null, 100)).Items);
        Assert.Equal(("there", "push"), (left.Name, left.Actions));
        Assert.Equal("https://example.com/hook", (await Webhooks.ShowConfigAsync(Manage(), "there"))!.ServiceUri.Reveal());
    }

    [Fact]
    public async Task Change_OneMember_LeavesTheOthers()
    {
        Assert.True((await Webhooks.PutAsync(Manage(), "hooks", Good with { Scope = "a:*", CustomHeaders = new Dictionary<string, string> { ["X-Key"] = "secret" }, Tags = new Dictionary<string, string> { ["team"] = "one" } })).IsNew);
        var before = await Webhooks.FindAsync(Manage(), "hooks");
        var config = (await Webhooks.ShowConfigAsync(Manage(), "hooks"))!;
        Assert.Equal(before! with { Actions = "delete" }, await Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { Actions = ["delete"] }));
        Assert.Equal(before! with { Actions = "delete" }, await Webhooks.FindAsync(Manage(), "hooks"));
        var after = (await Webhooks.ShowConfigAsync(Manage(), "hooks"))!;
        Assert.Equal(config.SigningSecret.Reveal(), after.SigningSecret.Reveal());
        Assert.Equal("secret", after.CustomHeaders["X-Key"].Reveal());

        Assert.False((await Webhooks.PutAsync(Manage(), "hooks", Good)).IsNew);
        after = (await Webhooks.ShowConfigAsync(Manage(), "hooks"))!;
        Assert.Empty(after.CustomHeaders);
        Assert.Equal(config.SigningSecret.Reveal(), after.SigningSecret.Reveal());
        Assert.Equal(("", "{}"), ((await Webhooks.FindAsync(Manage(), "hooks"))!.Scope, (await Webhooks.FindAsync(Manage(), "hooks"))!.Tags));
        Assert.Null(await Webhooks.ChangeAsync(Manage(), "others", new WebhookChange { Enabled = false }));
    }

    [Fact]
    public async Task Put_MoreThanTheTierHolds_IsRefused()
    {
        await Webhooks.PutAsync(Manage(), "first", Good);
        var most = Here.Open.Registries.First.Plan.Limits.Webhooks;
        await Here.Open.Database.WriteAsync(db =>
        {
            for (var i = 1; i < most; i++)
                db.Execute("INSERT INTO webhook (id, registry_id, name, scope, actions, config, created_at) VALUES (@id, @registry, @name, '', 'push', x'00', 0)", new { id = Guid.NewGuid(), registry = Here.Open.Registries.First.Id, name = $"hook{i:0000}" });
            return 0;
        });
        Assert.Contains($"Webhooks for the registry SKU Premium: {most + 1} of {most}", (await Assert.ThrowsAsync<BeyondTierException>(() => Webhooks.PutAsync(Manage(), "onemore", Good))).Message, StringComparison.Ordinal);
        Assert.False((await Webhooks.PutAsync(Manage(), "first", Good)).IsNew);
        Assert.Equal(most, await Here.QueryAsync<long>("SELECT COUNT(*) FROM webhook"));
    }

    [Fact]
    public async Task Delete_ManyEvents_GoInPartsAndThoseOfOthersStay()
    {
        var receiver = Receive();
        await CreateAsync("hooks", receiver);
        await CreateAsync("others", receiver);
        await Here.PushImageAsync("a", "v1");
        await FillAsync("hooks", 2_500);
        var id = (await Webhooks.FindAsync(Manage(), "hooks"))!.Id;

        // As after a kill between two parts.
        Assert.True(await Here.Open.Database.WriteAsync(db => EventRows.DeleteSome(db, id)));
        Assert.Equal(1_501, await CountAsync($"webhook_id = '{id:N}'"));
        await Here.AssertSoundAsync();
        Assert.True(await Webhooks.DeleteAsync(Manage(), "hooks"));

        Assert.False(await Webhooks.DeleteAsync(Manage(), "hooks"));
        Assert.Null(await Webhooks.FindAsync(Manage(), "hooks"));
        Assert.Equal(1, await CountAsync());
        await Here.AssertSoundAsync();
    }

    /// <summary>A change reads, seals and writes: a deletion in between must not be undone.</summary>
    [Fact]
    public async Task Change_WhileItIsDeleted_DoesNotMakeItAnew()
    {
        for (var i = 0; i < 30; i++)
        {
            await Webhooks.PutAsync(Manage(), "hooks", Good);
            var change = Task.Run(() => Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { Scope = "a:*" }), Cancellation);
            var deletion = Task.Run(() => Webhooks.DeleteAsync(Manage(), "hooks"), Cancellation);
            await Task.WhenAll(change, deletion);
            Assert.True(await deletion);
            Assert.Null(await Webhooks.FindAsync(Manage(), "hooks"));
        }
    }

    [Fact]
    public async Task Verify_CountOfWaitingEventsThatIsWrong_IsFound()
    {
        await CreateAsync("hooks", Receive());
        await Here.PushImageAsync("a", "v1");
        await Here.ExecuteAsync("UPDATE webhook SET waiting = 5");
        Assert.Equal("event", Assert.Single((await Here.Open.Verification.RunAsync(deep: false, Cancellation)).Findings).Invariant);
    }

    [Fact]
    public async Task Config_OfAnotherRow_DoesNotOpen()
    {
        await Webhooks.PutAsync(Manage(), "hooks", Good);
        await Webhooks.PutAsync(Manage(), "others", Good with { ServiceUri = "https://evil.example/" });
        await Here.ExecuteAsync("UPDATE webhook SET config = (SELECT config FROM webhook WHERE name = 'others') WHERE name = 'hooks'");
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => Webhooks.ShowConfigAsync(Manage(), "hooks"));
        await Here.PushImageAsync("a", "v1");
        await Pump.DeliverDueAsync(Cancellation);
        Assert.Contains("unsealed", Assert.Single(await LogAsync("hooks")).Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BackUp_WithEvents_RestoresThem()
    {
        await CreateAsync("hooks", Receive());
        await Here.PushImageAsync("a", "v1");
        await Here.Open.Backups.CreateAsync(Here.BackupFolder, Cancellation);
        await using var copy = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={new Core.Installation.DataDirectory(Here.BackupFolder).Database};Pooling=False");
        Assert.Equal(1, await copy.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM webhook_event WHERE state = 0 AND due_at IS NOT NULL"));
    }

    [Fact]
    public async Task Verify_WaitingEventThatNothingSends_IsFound()
    {
        await CreateAsync("hooks", Receive());
        await Here.PushImageAsync("a", "v1");
        await Here.ExecuteAsync("UPDATE webhook_event SET due_at = NULL");
        Assert.Equal("event", Assert.Single((await Here.Open.Verification.RunAsync(deep: false, Cancellation)).Findings).Invariant);
    }
}
