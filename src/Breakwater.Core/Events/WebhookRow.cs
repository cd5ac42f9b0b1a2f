using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Events;

/// <summary>A row of <c>webhook</c>.</summary>
internal sealed record WebhookRow
{
    public const string Columns = "id, name, enabled, scope, actions, payload_format, tags, created_at";

    public required Webhook Webhook { get; init; }

    public required byte[] Config { get; init; }

    public static Webhook? Find(DbConnection db, Guid registryId, string name) =>
        db.QuerySingleOrDefault<Webhook>($"SELECT {Columns} FROM webhook WHERE registry_id = @registryId AND name = @name", new { registryId, name });

    public static byte[]? FindConfig(DbConnection db, Guid id) => db.QuerySingleOrDefault<byte[]>("SELECT config FROM webhook WHERE id = @id", new { id });

    public static string? NameOf(DbConnection db, Guid id) => db.QuerySingleOrDefault<string>("SELECT name FROM webhook WHERE id = @id", new { id });

    /// <summary>Inserts it, or replaces what may change of the one with its name.</summary>
    public void Write(DbConnection db, Guid registryId) => db.Execute(
        """
        INSERT INTO webhook (id, registry_id, name, enabled, scope, actions, payload_format, config, tags, created_at)
            VALUES (@Id, @registryId, @Name, @Enabled, @Scope, @Actions, @Format, @Config, @Tags, @CreatedAt)
            ON CONFLICT (registry_id, name) DO UPDATE SET enabled = excluded.enabled, scope = excluded.scope, actions = excluded.actions,
                payload_format = excluded.payload_format, config = excluded.config, tags = excluded.tags
        """,
        new { Webhook.Id, registryId, Webhook.Name, Webhook.Enabled, Webhook.Scope, Webhook.Actions, Format = (int)Webhook.PayloadFormat, Config, Webhook.Tags, Webhook.CreatedAt });
}
