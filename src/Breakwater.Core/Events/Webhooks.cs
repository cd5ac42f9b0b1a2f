using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Network;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Dapper;

namespace Breakwater.Core.Events;

/// <summary>The webhooks of a registry. A change counts for everything that is pushed or deleted after it was answered.</summary>
/// <remarks>https://learn.microsoft.com/azure/container-registry/container-registry-webhook</remarks>
public sealed class Webhooks(IMetadataDatabase database, SecretBox box, EventOutbox outbox, EgressGuard guard, TimeProvider clock) : IDisposable
{
    /// <summary>How long the secret before the last one signs too.</summary>
    private static readonly TimeSpan OldSecretSigns = TimeSpan.FromHours(24);

    private readonly WebhookConfigs _configs = new(box);

    // What is changed was read before: one change at a time.
    private readonly SemaphoreSlim _changing = new(1);

    /// <summary>By name.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public async Task<Page<Webhook>> ListAsync(ManagementAccess access, string? after, int limit)
    {
        access.Demand(ManagementActions.WebhooksRead);
        var rows = await database.ReadAsync(db => db.QueryAsync<Webhook>(
            $"SELECT {WebhookRow.Columns} FROM webhook WHERE registry_id = @Id AND name > @after ORDER BY name LIMIT @read",
            new { access.Registry!.Id, after = after ?? "", read = limit + 1 }));
        return Page<Webhook>.Of(rows.AsList(), limit, webhook => webhook.Name, webhook => webhook);
    }

    /// <returns>Null when there is none.</returns>
    public Task<Webhook?> FindAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.WebhooksRead);
        return FindByNameAsync(access, name);
    }

    /// <summary>Makes it, or replaces everything of it but its signing secret.</summary>
    /// <exception cref="InvalidValueException">Something is not valid; the message says what to do.</exception>
    /// <exception cref="BeyondTierException">The registry has as many as its tier holds.</exception>
    public async Task<(Webhook Webhook, bool IsNew)> PutAsync(ManagementAccess access, string name, WebhookChange content)
    {
        access.Demand(ManagementActions.WebhooksWrite);
        RequireName(name);
        return await OneAtATimeAsync(async () =>
        {
            if (await FindByNameAsync(access, name) is { } old && await StoreAsync(access, old, exists: true, content.Whole()) is { } changed)
                return (changed, false);
            return ((await StoreAsync(access, New(name), exists: false, content.Whole()))!, true);
        });
    }

    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidValueException">Something is not valid; the message says what to do.</exception>
    public async Task<Webhook?> ChangeAsync(ManagementAccess access, string name, WebhookChange change)
    {
        access.Demand(ManagementActions.WebhooksWrite);
        return await OneAtATimeAsync(async () => await FindByNameAsync(access, name) is { } old ? await StoreAsync(access, old, exists: true, change) : null);
    }

    /// <summary>Removes it with its log and with what it has not heard yet.</summary>
    /// <remarks>
    /// Other writers do not wait for all of its events: it is disabled, so that no more come, and they go in parts. What is interrupted leaves a
    /// disabled webhook, and can be done again.
    /// </remarks>
    public async Task<bool> DeleteAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.WebhooksDelete);
        return await OneAtATimeAsync(async () =>
        {
            if (await FindByNameAsync(access, name) is not { Id: var id })
                return false;
            await database.WriteAsync(db => db.Execute("UPDATE webhook SET enabled = 0 WHERE id = @id", new { id }));
            await outbox.RefreshAsync();
            while (await database.WriteAsync(db => EventRows.DeleteSome(db, id)))
            {
                // As many transactions as it takes.
            }
            return await database.WriteAsync(db => db.Execute("DELETE FROM webhook WHERE id = @id", new { id })) > 0;
        });
    }

    /// <returns>Null when there is none.</returns>
    public async Task<CallbackConfig?> ShowConfigAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.WebhooksGetCallbackConfig);
        if (await FindByNameAsync(access, name) is not { } webhook || await OpenAsync(webhook.Id) is not { } config)
            return null;
        return new CallbackConfig(new(config.ServiceUri), config.Headers.ToDictionary(header => header.Key, header => new Secret(header.Value)), new(config.Secret));
    }

    /// <summary>Makes a new signing secret. The one before it signs too for 24 hours.</summary>
    /// <returns>The new one; null when there is no such webhook.</returns>
    public async Task<Secret?> RegenerateSecretAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.WebhooksRegenerateSecret);
        return await OneAtATimeAsync(async () =>
        {
            if (await FindByNameAsync(access, name) is not { } webhook || await OpenAsync(webhook.Id) is not { } config)
                return null;
            var renewed = config with { Secret = WebhookConfig.NewSecret(), PreviousSecret = config.Secret, PreviousUntil = clock.GetUtcNow() + OldSecretSigns };
            var @sealed = await _configs.SealAsync(webhook.Id, renewed);
            await database.WriteAsync(db => db.Execute("UPDATE webhook SET config = @sealed WHERE id = @Id", new { @sealed, webhook.Id }));
            return new Secret(renewed.Secret);
        });
    }

    /// <returns>Null: it was to be changed, and is gone.</returns>
    private async Task<Webhook?> StoreAsync(ManagementAccess access, Webhook old, bool exists, WebhookChange change)
    {
        var before = exists ? await OpenAsync(old.Id) : null;
        var config = before ?? new WebhookConfig("", [], WebhookConfig.NewSecret());
        config = config with
        {
            ServiceUri = change.ServiceUri ?? config.ServiceUri,
            Headers = change.CustomHeaders is { } headers ? CustomHeaders.Require(headers) : config.Headers,
        };
        RequireTarget(config);
        var row = new WebhookRow { Webhook = Changed(old, change), Config = await _configs.SealAsync(old.Id, config) };
        var isStored = await database.WriteAsync(db =>
        {
            if (exists)
                return row.Update(db);
            row.Insert(db, access.Registry!.Id);
            TierRules.RequireCounts(db, access.Registry);
            return true;
        });
        await outbox.RefreshAsync();
        return isStored ? row.Webhook : null;
    }

    private static Webhook Changed(Webhook old, WebhookChange change)
    {
        if (change.Scope is not null)
            WebhookScope.Parse(change.Scope);
        return old with
        {
            Enabled = change.Enabled ?? old.Enabled,
            Scope = change.Scope ?? old.Scope,
            Actions = change.Actions is { } actions ? WebhookActions.Join(actions) : old.Actions,
            PayloadFormat = change.PayloadFormat ?? old.PayloadFormat,
            Tags = change.Tags is { } tags ? ResourceTags.Serialize(tags) : old.Tags,
        };
    }

    private void RequireTarget(WebhookConfig config)
    {
        var uri = ServiceUri.Parse(config.ServiceUri);
        if (guard.RefusesLiteral(uri))
            throw new InvalidValueException($"Webhooks may not be sent to {uri.Host}. Private networks must be allowed by whoever runs the server, with --webhook-allow.");
        if (uri.UserInfo.Length > 0 && config.Headers.Keys.Contains("Authorization", StringComparer.OrdinalIgnoreCase))
            throw new InvalidValueException("serviceUri has credentials and there is a custom header Authorization too. Leave one of them out.");
    }

    private Webhook New(string name) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        Enabled = true,
        Scope = "",
        Actions = "",
        PayloadFormat = PayloadFormat.Acr,
        Tags = "{}",
        // As the column keeps it, so that the answer to its creation is what is shown later.
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
    };

    private Task<Webhook?> FindByNameAsync(ManagementAccess access, string name) => database.ReadAsync(db => Task.FromResult(WebhookRow.Find(db, access.Registry!.Id, name)));

    private async Task<WebhookConfig?> OpenAsync(Guid id) =>
        await database.ReadAsync(db => Task.FromResult(WebhookRow.FindConfig(db, id))) is { } config ? await _configs.OpenAsync(id, config) : null;

    private async Task<T> OneAtATimeAsync<T>(Func<Task<T>> change)
    {
        await _changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            _changing.Release();
        }
    }

    private static void RequireName(string name)
    {
        if (name.Length is < 5 or > 50 || !name.All(char.IsAsciiLetterOrDigit))
            throw new InvalidValueException($"'{name}' is no name of a webhook. Use 5 to 50 letters and digits.");
    }

    public void Dispose() => _changing.Dispose();
}
