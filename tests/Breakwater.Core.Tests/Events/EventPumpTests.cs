using System.Text;
using Breakwater.Core.Events;

namespace Breakwater.Core.Tests.Events;

/// <summary>What is sent, in which order, how often, and what remains.</summary>
public sealed class EventPumpTests : EventTest
{
    private Task<int> DeliverAsync() => Pump.DeliverDueAsync(Cancellation);

    private Task<int> PassAsync(TimeSpan time)
    {
        Here.Clock.Advance(time);
        return DeliverAsync();
    }

    private async Task PushAsync(string repository, params string[] tags)
    {
        foreach (var tag in tags)
            await Here.PushImageAsync(repository, tag);
    }

    [Fact]
    public async Task Deliver_Push_ArrivesSignedOnce()
    {
        var receiver = Receive();
        await CreateAsync("hooks", receiver, headers: new() { ["Authorization"] = "Bearer receiver-secret", ["X-Team"] = "one" });
        await PushAsync("a", "v1");
        Assert.Equal(1, await DeliverAsync());
        Assert.Equal(0, await DeliverAsync());

        var heard = Assert.Single(receiver.Heard);
        Assert.Equal(("POST", "application/json", "push"), (heard.Method, heard.Headers["Content-Type"], heard.Headers["X-Breakwater-Event"]));
        Assert.Equal("Bearer receiver-secret", heard.Headers["Authorization"]);
        Assert.Equal("one", heard.Headers["X-Team"]);
        Assert.Equal((string)heard.Json["id"]!, heard.Headers["X-Breakwater-Event-Id"]);
        var secret = (await Webhooks.ShowConfigAsync(Manage(), "hooks"))!.SigningSecret.Reveal();
        var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(heard.Headers["X-Breakwater-Signature"].Split(',')[0][2..]));
        Assert.Equal(WebhookSignature.Of([secret], time, heard.Body), heard.Headers["X-Breakwater-Signature"]);
        Assert.InRange(Here.Clock.GetUtcNow() - time, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Deliver_Credentials_AreBasicAndShownNowhere()
    {
        var receiver = Receive();
        await Webhooks.PutAsync(Manage(), "hooks", new WebhookChange
        {
            ServiceUri = receiver.Address.Replace("http://", "http://user:pass-secret@", StringComparison.Ordinal) + "?query-secret=1",
            Actions = ["push"],
            CustomHeaders = new Dictionary<string, string> { ["X-Key"] = "header-secret" },
        });
        await PushAsync("a", "v1");
        await DeliverAsync();
        Assert.Equal("Basic " + Convert.ToBase64String("user:pass-secret"u8), Assert.Single(receiver.Heard).Headers["Authorization"]);

        var shown = Assert.Single(await LogAsync("hooks"));
        Assert.DoesNotContain("secret", shown.Request, StringComparison.Ordinal);
        Assert.Contains("\"X-Key\":\"***\"", shown.Request, StringComparison.Ordinal);
        Assert.Contains("\"Authorization\":\"***\"", shown.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("v1=", shown.Request, StringComparison.Ordinal);
        Assert.Contains("\"statusCode\":\"200\"", shown.Response, StringComparison.Ordinal);
        Assert.Contains("thank you", shown.Response, StringComparison.Ordinal);
        // Sealed in the row, and in the open nowhere in the file.
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(Here.Directory.Database)!, Path.GetFileName(Here.Directory.Database) + "*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(file, Encoding.Latin1);
            Assert.DoesNotContain("-secret", await text.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    /// <summary>As echo services and error pages do.</summary>
    [Fact]
    public async Task Deliver_AnswerThatRepeatsTheRequest_IsKeptWithoutSecrets()
    {
        var receiver = Receive();
        var basic = Convert.ToBase64String("user:pass-secret"u8);
        receiver.Content = $$"""{"x":"header-secret \"1\"","bearer":"token-secret","auth":"Basic {{basic}}","user":"pass-secret","url":"/hook?query-secret=1","encoded":"header-secret%20%221%22","team":"one"}""";
        receiver.Headers["X-Echo"] = "got token-secret";
        await Webhooks.PutAsync(Manage(), "hooks", new WebhookChange
        {
            ServiceUri = receiver.Address.Replace("http://", "http://user:pass-secret@", StringComparison.Ordinal) + "?query-secret=1",
            Actions = ["push"],
            CustomHeaders = new Dictionary<string, string> { ["X-Key"] = "header-secret \"1\"", ["X-Token"] = "Bearer token-secret", ["X-Team"] = "one" },
        });
        await PushAsync("a", "v1");
        await DeliverAsync();

        var shown = Assert.Single(await LogAsync("hooks")).Response!;
        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(basic, shown, StringComparison.Ordinal);
        Assert.Contains("got ***", shown, StringComparison.Ordinal);
        Assert.Contains("one", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_AnswerCutInsideOfASecret_IsKeptWithoutItsBeginning()
    {
        var receiver = Receive();
        receiver.Content = new string('x', 4090) + "header-secret";
        receiver.Headers["X-Echo"] = new string('x', 250) + "header-secret";
        await CreateAsync("hooks", receiver, headers: new() { ["X-Key"] = "header-secret" });
        await PushAsync("a", "v1");
        await DeliverAsync();

        Assert.DoesNotContain("xhea", Assert.Single(await LogAsync("hooks")).Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_FailingEvent_HoldsItsRepositoryAndNoOther()
    {
        var receiver = Receive();
        receiver.Answer = heard => Task.FromResult(heard.Tag == "bad" ? 500 : 200);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "first", "bad", "third");
        await PushAsync("b", "v1", "v2");
        await DeliverAsync();
        Assert.Equal(["first", "bad"], receiver.Heard.Where(h => h.Repository == "a").Select(h => h.Tag));
        Assert.Equal(["v1", "v2"], receiver.Heard.Where(h => h.Repository == "b").Select(h => h.Tag));

        receiver.Answer = _ => Task.FromResult(204);
        await PushAsync("a", "fourth");
        Assert.Equal(0, await DeliverAsync());
        await PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(["first", "bad", "bad", "third", "fourth"], receiver.Heard.Where(h => h.Repository == "a").Select(h => h.Tag));
        var attempts = receiver.Heard.Where(h => h.Tag == "bad").ToList();
        Assert.Equal(["1", "2"], attempts.Select(h => h.Headers["X-Breakwater-Attempt"]));
        Same.Bytes(attempts[0].Body, attempts[1].Body);
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Deliver_Failing_IsTriedAtGrowingDistances()
    {
        var receiver = Receive();
        receiver.Answer = _ => Task.FromResult(503);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1");
        Assert.Equal(1, await DeliverAsync());
        // Jitter stands at a half: 0.75 of 2, 4, 8, 16 seconds. The clock goes on by itself too, by less than what is left here.
        foreach (var wait in new[] { 1.5, 3, 6, 12 })
        {
            Assert.Equal(0, await PassAsync(TimeSpan.FromSeconds(wait * 0.5)));
            Assert.Equal(1, await PassAsync(TimeSpan.FromSeconds(wait * 0.5)));
        }
    }

    [Fact]
    public async Task Deliver_RedirectOrNoAnswer_IsAFailure()
    {
        Options = Options with { Timeout = TimeSpan.FromMilliseconds(300) };
        Connect();
        var receiver = Receive();
        var never = new TaskCompletionSource<int>();
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1");
        receiver.Answer = _ => Task.FromResult(307);
        await DeliverAsync();
        Assert.Single(receiver.Heard);
        Assert.Contains("\"statusCode\":\"307\"", Assert.Single(await LogAsync("hooks")).Response, StringComparison.Ordinal);

        receiver.Answer = _ => never.Task;
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("\"statusCode\":\"504\"", Assert.Single(await LogAsync("hooks")).Response, StringComparison.Ordinal);
        never.SetResult(200);

        receiver.Dispose();
        await PassAsync(TimeSpan.FromMinutes(1));
        var left = Assert.Single(await LogAsync("hooks", EventState.Waiting));
        Assert.Contains("\"statusCode\":\"502\"", left.Response, StringComparison.Ordinal);
        Assert.Equal(3, left.Attempts);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://[::ffff:127.0.0.1]:9/")]
    [InlineData("http://no-such-host.invalid/")]
    public async Task Deliver_ForbiddenTarget_IsNotConnectedTo(string target)
    {
        // Made while it was allowed.
        await CreateAsync("hooks", Receive());
        await Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { ServiceUri = target.Replace("[::ffff:127.0.0.1]", "127.0.0.2", StringComparison.Ordinal) });
        Connect(guard: new([]));
        await PushAsync("a", "v1");
        await DeliverAsync();
        Assert.Contains("--webhook-allow", Assert.Single(await LogAsync("hooks")).Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_LongAnswer_IsCut()
    {
        var receiver = Receive();
        receiver.Content = new string('x', 1 << 20);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1");
        await DeliverAsync();
        Assert.InRange(Assert.Single(await LogAsync("hooks", EventState.Delivered)).Response!.Length, 4096, 8192);
    }

    [Fact]
    public async Task Deliver_KilledAtAnyMoment_IsSentAgain()
    {
        var receiver = Receive();
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1", "v2");
        // Killed after the attempt was put down and before its outcome.
        await Here.Open.Database.WriteAsync(db => EventRows.Begin(db, new DueEvent { Sequence = 1 }, new RetrySchedule(Options, () => 0.5), Here.Clock.GetUtcNow()));
        await ReopenAsync();
        Assert.Equal(0, await DeliverAsync());
        await PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(["v1", "v2"], receiver.Heard.Select(h => h.Tag));
        Assert.Equal("2", receiver.Heard[0].Headers["X-Breakwater-Attempt"]);
    }

    [Fact]
    public async Task Deliver_TooLong_IsGivenUpWithWhatIsAsOldAndSentAnewWhenAsked()
    {
        var receiver = Receive();
        receiver.Answer = _ => Task.FromResult(500);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1", "v2");
        await DeliverAsync();
        await PassAsync(Options.GiveUpAfter - TimeSpan.FromHours(1));
        await PushAsync("a", "v3");
        await PassAsync(TimeSpan.FromHours(2));
        Assert.Equal([EventState.Waiting, EventState.Dead, EventState.Dead], (await LogAsync("hooks")).Select(one => one.State));
        await Here.AssertSoundAsync();

        receiver.Answer = _ => Task.FromResult(200);
        Assert.Equal(2, await Events.RedeliverAsync(Manage(), "hooks", id: null));
        Assert.Equal(0, await Events.RedeliverAsync(Manage(), "hooks", id: null));
        var before = receiver.Heard.Count;
        await PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(["v3", "v1", "v2"], receiver.Heard.Skip(before).Select(h => h.Tag));
        Assert.Equal(3, await CountAsync("state = 1"));
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Redeliver_AlmostAsManyWaitAsMay_SendsAnewWhatMayWait()
    {
        var receiver = Receive();
        receiver.Answer = _ => Task.FromResult(500);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1", "v2", "v3");
        await DeliverAsync();
        await PassAsync(Options.GiveUpAfter);
        Assert.Equal(3, (await LogAsync("hooks", EventState.Dead)).Count);
        await FillAsync("hooks", 9_999);

        Assert.Equal(1, await Events.RedeliverAsync(Manage(), "hooks", id: null));
        Assert.Equal(0, await Events.RedeliverAsync(Manage(), "hooks", id: null));
        Assert.Equal(2, (await LogAsync("hooks", EventState.Dead)).Count);
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task Redeliver_ById_SendsThatOne()
    {
        var receiver = Receive();
        receiver.Answer = _ => Task.FromResult(500);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1");
        await PushAsync("b", "v1");
        await DeliverAsync();
        await PassAsync(Options.GiveUpAfter);
        var dead = await LogAsync("hooks", EventState.Dead);
        Assert.Equal(2, dead.Count);
        receiver.Answer = _ => Task.FromResult(200);
        Assert.Equal(1, await Events.RedeliverAsync(Manage(), "hooks", dead[1].Id));
        Assert.Equal(0, await Events.RedeliverAsync(Manage(), "hooks", Guid.NewGuid()));
        Assert.Null(await Events.RedeliverAsync(Manage(), "others", null));
        await DeliverAsync();
        Assert.Equal(dead[1].Id, Assert.Single(await LogAsync("hooks", EventState.Delivered)).Id);
    }

    [Fact]
    public async Task Ping_IsTriedOnceAndWaitsForNobody()
    {
        var receiver = Receive();
        receiver.Answer = heard => Task.FromResult(heard.Action == "ping" ? 500 : 503);
        await CreateAsync("hooks", receiver, format: PayloadFormat.Acr);
        await PushAsync("a", "v1");
        await DeliverAsync();
        var id = await Events.PingAsync(Manage(), "hooks");
        Assert.Equal(1, await DeliverAsync());
        var ping = receiver.Heard[^1].Json.AsObject();
        Assert.Equal(["id", "timestamp", "action"], ping.Select(member => member.Key));
        Assert.Equal($"{id:D}", (string?)ping["id"]);
        Assert.Equal(id, Assert.Single(await LogAsync("hooks", EventState.Dead)).Id);
        Assert.Null(await Events.PingAsync(Manage(), "others"));
        await Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { Enabled = false });
        await Assert.ThrowsAsync<Core.Identity.InvalidValueException>(() => Events.PingAsync(Manage(), "hooks"));
    }

    [Fact]
    public async Task Deliver_DisabledWebhook_WaitsUntilItIsEnabled()
    {
        var receiver = Receive();
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1");
        await Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { Enabled = false });
        Assert.Equal(0, await DeliverAsync());
        await Webhooks.ChangeAsync(Manage(), "hooks", new WebhookChange { Enabled = true });
        Assert.Equal(1, await DeliverAsync());
    }

    [Fact]
    public async Task Deliver_DeletedRegistry_WaitsUntilItIsRecovered()
    {
        await CreateAsync("hooks", Receive());
        await PushAsync("a", "v1");
        await Here.ExecuteAsync("UPDATE registry SET deleted_at = 1");
        Assert.Equal(0, await DeliverAsync());
        await Here.ExecuteAsync("UPDATE registry SET deleted_at = NULL");
        Assert.Equal(1, await DeliverAsync());
    }

    [Fact]
    public async Task Deliver_AfterSecretWasRenewed_IsSignedWithBothForADay()
    {
        var receiver = Receive();
        await CreateAsync("hooks", receiver);
        var old = (await Webhooks.ShowConfigAsync(Manage(), "hooks"))!.SigningSecret.Reveal();
        var renewed = (await Webhooks.RegenerateSecretAsync(Manage(), "hooks"))!.Reveal();
        Assert.NotEqual(old, renewed);
        await PushAsync("a", "v1");
        await DeliverAsync();
        Here.Clock.Advance(TimeSpan.FromHours(25));
        await PushAsync("a", "v2");
        await DeliverAsync();
        foreach (var (heard, secrets) in receiver.Heard.Zip([new[] { renewed, old }, [renewed]]))
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(heard.Headers["X-Breakwater-Signature"].Split(',')[0][2..]));
            Assert.Equal(WebhookSignature.Of(secrets, time, heard.Body), heard.Headers["X-Breakwater-Signature"]);
        }
    }

    [Fact]
    public async Task Prune_EndedEvents_AreBoundedAndWaitingOnesStay()
    {
        Options = Options with { DeliveredKept = 3, DeadKept = 2 };
        Connect();
        var receiver = Receive();
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1", "v2", "v3", "v4", "v5");
        await DeliverAsync();
        receiver.Answer = _ => Task.FromResult(500);
        for (var i = 0; i < 4; i++)
            await Events.PingAsync(Manage(), "hooks");
        await DeliverAsync();
        await PushAsync("a", "v6");
        await Pump.PruneAsync();
        Assert.Equal((3, 2, 1), (await CountAsync("state = 1"), await CountAsync("state = 2"), await CountAsync("state = 0")));
        Here.Clock.Advance(TimeSpan.FromDays(31));
        await Pump.PruneAsync();
        Assert.Equal((0, 0, 1), (await CountAsync("state = 1"), await CountAsync("state = 2"), await CountAsync("state = 0")));
    }

    [Fact]
    public async Task Run_EventsGivenUp_AreTold()
    {
        Options = Options with { PollInterval = TimeSpan.FromMilliseconds(50) };
        Connect();
        var receiver = Receive();
        receiver.Answer = _ => Task.FromResult(500);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1", "v2");
        await Events.PingAsync(Manage(), "hooks");
        await DeliverAsync();
        Here.Clock.Advance(Options.GiveUpAfter);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var told = new TaskCompletionSource<(string, int)>();
        var run = Pump.RunAsync(told.SetException, (name, count) => told.SetResult((name, count)), end.Token);
        Assert.Equal(("hooks", 2), await told.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        await end.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Deliver_ClockSetBack_DoesNotWaitUntilItIsThereAgain()
    {
        var receiver = Receive();
        receiver.Answer = _ => Task.FromResult(500);
        await CreateAsync("hooks", receiver);
        await PushAsync("a", "v1");
        await DeliverAsync();
        Here.Clock.Jump(TimeSpan.FromDays(-2));
        Assert.Equal(1, await DeliverAsync());
        Assert.Equal(0, await DeliverAsync());
    }

    /// <summary>One receiver that never answers, in more repositories than there are attempts at once.</summary>
    [Fact]
    public async Task Run_SilentReceiver_LeavesTheOthersInPeace()
    {
        Options = Options with { PollInterval = TimeSpan.FromMilliseconds(50), Attempts = 8 };
        Connect();
        var (silent, talking) = (Receive(), Receive());
        var never = new TaskCompletionSource<int>();
        silent.Answer = _ => never.Task;
        await CreateAsync("silent", silent);
        await CreateAsync("talking", talking);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var failures = new List<Exception>();
        var run = Pump.RunAsync(failures.Add, (_, _) => { }, end.Token);
        for (var i = 0; i < 12; i++)
            await PushAsync($"repository{i}", "v1");
        for (var wait = 0; talking.Heard.Count < 12 && wait < 100; wait++)
            await Task.Delay(40, Cancellation);
        Assert.Equal(12, talking.Heard.Count);
        Assert.InRange(silent.Heard.Count, 1, Options.AttemptsPerWebhook);
        await end.CancelAsync();
        await run;
        Assert.Empty(failures);
        never.SetResult(200);
    }

    /// <summary>More silent webhooks of one registry than there are attempts at once, and one webhook of another registry.</summary>
    [Fact]
    public async Task Run_SilentReceiversOfOneRegistry_LeaveOtherRegistriesInPeace()
    {
        Options = Options with { PollInterval = TimeSpan.FromMilliseconds(50) };
        Connect();
        var (silent, talking) = (Receive(), Receive());
        var never = new TaskCompletionSource<int>();
        silent.Answer = _ => never.Task;
        for (var i = 0; i < 12; i++)
            await CreateAsync($"silent{i:00}", silent);
        for (var i = 0; i < 4; i++)
            await PushAsync($"repository{i}", "v1");
        // What waits of the other registry is the youngest of all.
        await CreateAsync("talking", talking);
        await Here.ExecuteAsync(
            """
            INSERT INTO registry (id, name, created_at) VALUES (@other, 'other', 0);
            UPDATE webhook SET registry_id = @other WHERE name = 'talking';
            """,
            new { other = Guid.NewGuid() });
        await Here.ExecuteAsync(
            """
            INSERT INTO webhook_event (id, webhook_id, lane, action, payload_format, body, queued_at, due_at)
                SELECT @id, w.id, 'a', 'push', 0, e.body, e.queued_at, e.due_at + 1 FROM webhook w, webhook_event e WHERE w.name = 'talking' ORDER BY e.due_at DESC LIMIT 1
            """,
            new { id = Guid.NewGuid() });
        await Here.ExecuteAsync("UPDATE webhook SET waiting = 1 WHERE name = 'talking'");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var failures = new List<Exception>();
        var run = Pump.RunAsync(failures.Add, (_, _) => { }, end.Token);
        for (var wait = 0; (talking.Heard.Count < 1 || silent.Heard.Count < Options.AttemptsPerRegistry) && wait < 100; wait++)
            await Task.Delay(40, Cancellation);
        await Task.Delay(300, Cancellation);
        Assert.Single(talking.Heard);
        Assert.Equal(Options.AttemptsPerRegistry, silent.Heard.Count);
        await end.CancelAsync();
        await run;
        Assert.Empty(failures);
        never.SetResult(200);
    }

    [Fact]
    public async Task Run_DatabaseFails_IsReportedAndGoesOn()
    {
        Options = Options with { PollInterval = TimeSpan.FromMilliseconds(50) };
        Connect();
        var receiver = Receive();
        await CreateAsync("hooks", receiver);
        await Here.ExecuteAsync("CREATE TRIGGER stop BEFORE UPDATE ON webhook_event BEGIN SELECT RAISE(ABORT, 'no'); END");
        await PushAsync("a", "v1");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var failures = 0;
        var run = Pump.RunAsync(_ => failures++, (_, _) => { }, end.Token);
        await Task.Delay(500, Cancellation);
        Assert.InRange(failures, 2, 15);
        Assert.Empty(receiver.Heard);
        await Here.ExecuteAsync("DROP TRIGGER stop");
        for (var wait = 0; receiver.Heard.Count == 0 && wait < 100; wait++)
            await Task.Delay(40, Cancellation);
        Assert.Single(receiver.Heard);
        await end.CancelAsync();
        await run;
    }
}
