using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Tokens;

/// <summary>
/// The keys that sign registry tokens. They stand in the database, sealed, so that tokens outlive a restart; each is published before
/// it signs and verifies for as long as its tokens last.
/// </summary>
public sealed class SigningKeyRing(IMetadataDatabase database, SecretBox box, TimeProvider clock)
{
    private readonly SigningKeyFactory _factory = new(box);
    private volatile ImmutableDictionary<string, SigningKey> _keys = ImmutableDictionary<string, SigningKey>.Empty;
    private volatile SigningKey? _active;

    /// <summary>The key that signs.</summary>
    /// <exception cref="InvalidOperationException">The ring was not loaded.</exception>
    public SigningKey Active => _active ?? throw new InvalidOperationException($"Call {nameof(LoadAsync)} first.");

    /// <summary>All keys that verify or soon will: what the JWK set shows.</summary>
    public IEnumerable<SigningKey> All => _keys.Values;

    public SigningKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    /// <summary>Reads the ring; on the first start makes its first two keys.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var rows = await ReadRowsAsync();
        if (!rows.Any(row => row.State == (int)SigningKeyState.Active))
        {
            var now = clock.GetUtcNow();
            var active = await _factory.CreateAsync(SigningKeyState.Active, now, cancellationToken);
            var next = await _factory.CreateAsync(SigningKeyState.Next, now, cancellationToken);
            await database.WriteAsync(db => Insert(db, active) + Insert(db, next));
            rows = await ReadRowsAsync();
        }
        await PublishAsync(rows, cancellationToken);
    }

    /// <summary>To be called now and then: replaces an old signing key and drops retired ones whose last token has expired.</summary>
    public async Task MaintainAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - Active.ChangedAt >= TokenDefaults.SigningKeyLifetime)
            await RotateAsync(cancellationToken);
        var cutoff = now - TokenDefaults.LongestLifetime - (2 * TokenDefaults.ClockSkew);
        if (!All.Any(key => key.State == SigningKeyState.Retired && key.ChangedAt < cutoff))
            return;
        await database.WriteAsync(db => db.Execute("DELETE FROM signing_key WHERE state = 2 AND changed_at < @cutoff", new { cutoff }));
        await LoadAsync(cancellationToken);
    }

    /// <summary>The next key signs from now on; the one that signed still verifies.</summary>
    public async Task RotateAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var next = await _factory.CreateAsync(SigningKeyState.Next, now, cancellationToken);
        await database.WriteAsync(db =>
        {
            db.Execute("UPDATE signing_key SET state = 2, changed_at = @now WHERE state = 1", new { now });
            db.Execute("UPDATE signing_key SET state = 1, changed_at = @now WHERE state = 0", new { now });
            return Insert(db, next);
        });
        await LoadAsync(cancellationToken);
    }

    private async Task<List<SigningKeyRow>> ReadRowsAsync() => (await database.ReadAsync(db =>
        db.QueryAsync<SigningKeyRow>("SELECT id, key_id, state, private_key, changed_at FROM signing_key"))).AsList();

    private static int Insert(DbConnection db, SigningKeyRow row) => db.Execute(
        "INSERT INTO signing_key (id, key_id, state, private_key, created_at, changed_at) VALUES (@Id, @KeyId, @State, @PrivateKey, @ChangedAt, @ChangedAt)",
        row);

    private async Task PublishAsync(List<SigningKeyRow> rows, CancellationToken cancellationToken)
    {
        var keys = new List<SigningKey>(rows.Count);
        foreach (var row in rows)
            keys.Add(await _factory.OpenAsync(row, cancellationToken));
        _keys = keys.ToImmutableDictionary(key => key.KeyId);
        _active = keys.Single(key => key.State == SigningKeyState.Active);
    }
}
