using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Events;
using Breakwater.Core.Network;
using Breakwater.Core.Tests.Installation;
using Dapper;

namespace Breakwater.Core.Tests.Events;

/// <summary>An installation with webhooks, and a pump that a test drives by hand.</summary>
public abstract class EventTest : IAsyncLifetime
{
    private readonly List<IDisposable> _owned = [];

    private protected static readonly EgressGuard Loopback = new([IPNetwork.Parse("127.0.0.0/8")]);

    private protected TestInstallation Here { get; private set; } = null!;

    private protected Webhooks Webhooks { get; private set; } = null!;

    private protected WebhookEvents Events { get; private set; } = null!;

    private protected EventPump Pump { get; private set; } = null!;

    private protected EventOptions Options { get; set; } = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Here = await TestInstallation.StartAsync();
        Connect();
    }

    private protected void Connect(EgressGuard? guard = null)
    {
        var here = Here.Open;
        Own(Webhooks = new Webhooks(here.Database, here.Secrets, here.Outbox, guard ?? Loopback, Here.Clock));
        Events = new WebhookEvents(here.Database, here.Outbox, Here.Clock);
        Own(Pump = new EventPump(here.Database, here.Secrets, here.Outbox, guard ?? Loopback, Options, Here.Clock, () => 0.5));
    }

    /// <summary>As after a kill.</summary>
    private protected async Task ReopenAsync()
    {
        await Here.ReopenAsync();
        Connect();
    }

    private protected Receiver Receive() => Own(Receiver.Start());

    private protected ManagementAccess Manage(string action = ManagementActions.WebhooksWrite) => ManagementAccess.Decide(Here.Caller, Here.Open.Registries.First, action)!;

    private protected Task CreateAsync(string name, Receiver receiver, string scope = "", string[]? actions = null, PayloadFormat format = PayloadFormat.Acr, Dictionary<string, string>? headers = null) =>
        Webhooks.PutAsync(Manage(), name, new WebhookChange { ServiceUri = receiver.Address, Scope = scope, Actions = actions ?? ["push", "delete"], PayloadFormat = format, CustomHeaders = headers });

    private protected async Task<IReadOnlyList<WebhookEvent>> LogAsync(string name, EventState? state = null) => (await Events.ListAsync(Manage(), name, state, 100))!;

    private protected Task<long> CountAsync(string where = "1 = 1") => Here.Open.Database.ReadAsync(db => db.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM webhook_event WHERE {where}"));

    /// <summary>Makes as many events of a webhook wait.</summary>
    private protected Task FillAsync(string name, int count) => Here.ExecuteAsync(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
        INSERT INTO webhook_event (id, webhook_id, lane, action, payload_format, body, queued_at, due_at)
            SELECT lower(hex(randomblob(16))), (SELECT id FROM webhook WHERE name = @name), 'filled', 'push', 0, x'7b7d', @now, CASE WHEN i = 1 THEN @now END FROM n ORDER BY i;
        UPDATE webhook SET waiting = waiting + @count WHERE name = @name;
        """,
        new { name, count, now = Here.Clock.GetUtcNow() });

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(one => one.Dispose());
        await Here.DisposeAsync();
    }
}
