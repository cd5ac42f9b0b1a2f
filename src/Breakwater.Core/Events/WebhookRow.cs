using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Events;

/// <summary>A row of <c>webhook</c>.</summary>
internal sealed record WebhookRow
{
    public const string Columns = "id, name, enabled, scope, actions, payload_format, tags, created_at, overflowed_at, lost";

    public required Webhook Webhook { get; init; }

    public required byte[] Config { get; init; }

    public static Webhook? Find(DbConnection db, Guid registryId, string name) =>
        db.QuerySingleOrDefault<Webhook>($"SELECT {Columns} FROM webhook WHERE registry_id = @registryId AND name = @name", new { registryId, name });

    public static byte[]? FindConfig(DbConnection db, Guid id) => db.QuerySingleOrDefault<byte[]>("SELECT config FROM webhook WHERE id = @id", new { id });

    public static string? NameOf(DbConnection db, Guid id) => db.QuerySingleOrDefault<string>("SELECT name FROM webhook WHERE id = @id", new { id });

    public void Insert(DbConnection db, Guid registryId) => db.Execute(
        """
        INSERT INTO webhook (id, registry_id, name, enabled, scope, actions, payload_format, config, tags, created_at)
            VALUES (@Id, @registryId, @Name, @Enabled, @Scope, @Actions, @Format, @Config, @Tags, @CreatedAt)
        """,
        new { Webhook.Id, registryId, Webhook.Name, Webhook.Enabled, Webhook.Scope, Webhook.Actions, Format = (int)Webhook.PayloadFormat, Config, Webhook.Tags, Webhook.CreatedAt });

    /// <summary>Replaces what may change.</summary>
    /// <returns>False: it is gone.</returns>
    public bool Update(DbConnection db) => db.Execute(
        "UPDATE webhook SET enabled = @Enabled, scope = @Scope, actions = @Actions, payload_format = @Format, config = @Config, tags = @Tags WHERE id = @Id",
        new { Webhook.Id, Webhook.Enabled, Webhook.Scope, Webhook.Actions, Format = (int)Webhook.PayloadFormat, Config, Webhook.Tags }) > 0;
}
