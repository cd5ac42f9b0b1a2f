using System.Security.Cryptography;
using System.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>
/// Sign-ins on devices without a browser: the device shows a short code, a person enters it elsewhere and signs in, the device gets the tokens.
/// https://www.rfc-editor.org/rfc/rfc8628
/// </summary>
public sealed class DeviceSignIns(IMetadataDatabase database, TimeProvider clock)
{
    /// <summary>How long a person has: 15 minutes, as with Entra ID.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>How often a device may ask: every 5 seconds (RFC 8628 section 3.2).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // Nobody needs to sign in to begin one, so their number is bounded.
    private const int MaxPending = 1000;

    // RFC 8628 section 6.1: consonants only, so that no words arise; 20^8 = 2.6e10 codes.
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ";
    private const int CodeLength = 8, DeviceCodeLength = 43;

    /// <exception cref="OciException"><c>TooManyRequests</c>: too many are pending.</exception>
    public async Task<DeviceCodes> BeginAsync(string clientId, string scope)
    {
        var device = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", DeviceCodeLength);
        var user = RandomNumberGenerator.GetString(Alphabet, CodeLength);
        var now = clock.GetUtcNow();
        var added = await database.WriteAsync(db =>
        {
            db.Execute("DELETE FROM device_sign_in WHERE expires_at < @now", new { now });
            return db.ExecuteScalar<long>("SELECT COUNT(*) FROM device_sign_in") < MaxPending && db.Execute(
                "INSERT INTO device_sign_in (device_code, user_code, client_id, scope, expires_at) VALUES (@hash, @user, @clientId, @scope, @expiresAt)",
                new { hash = HashOf(device), user, clientId, scope, expiresAt = now + Lifetime }) > 0;
        });
        return added ? new DeviceCodes(new Secret(device), user) : throw new OciException(OciErrors.TooManyRequests);
    }

    /// <summary>The client that a pending sign-in is for; null when there is none of that code.</summary>
    /// <param name="userCode">As a person types it: small letters, spaces and dashes do not matter.</param>
    public Task<string?> FindClientAsync(string userCode) => database.ReadAsync(db => db.QuerySingleOrDefaultAsync<string?>(
        "SELECT client_id FROM device_sign_in WHERE user_code = @code AND principal_id IS NULL AND denied = 0 AND expires_at >= @now",
        new { code = Normalise(userCode), now = clock.GetUtcNow() }));

    /// <summary>A person has signed in, or has said no.</summary>
    /// <returns>False when nothing is pending under that code.</returns>
    public async Task<bool> FinishAsync(string userCode, Caller by, bool denied) => await database.WriteAsync(db => db.Execute(
        """
        UPDATE device_sign_in SET principal_id = @principalId, denied = @denied
        WHERE user_code = @code AND principal_id IS NULL AND denied = 0 AND expires_at >= @now
        """,
        new { code = Normalise(userCode), principalId = by.Principal.Id, denied, now = clock.GetUtcNow() })) > 0;

    /// <summary>What the device asks again and again. Once finished, a sign-in is given out this one time.</summary>
    /// <returns>Null when there is none, or its time is over.</returns>
    public async Task<DeviceSignIn?> PollAsync(string deviceCode, string clientId)
    {
        var now = clock.GetUtcNow();
        var row = await database.WriteAsync(db => Poll(db, HashOf(deviceCode), clientId, now));
        return row is null ? null : new DeviceSignIn(row.ClientId, row.Scope, row.PrincipalId, row.Denied, row.PrincipalId is null && now - row.PolledAt < Interval);
    }

    private static Row? Poll(System.Data.Common.DbConnection db, byte[] hash, string clientId, DateTimeOffset now)
    {
        var row = db.QuerySingleOrDefault<Row>(
            "SELECT client_id, scope, principal_id, denied, polled_at FROM device_sign_in WHERE device_code = @hash AND client_id = @clientId AND expires_at >= @now",
            new { hash, clientId, now });
        if (row is { PrincipalId: null })
            db.Execute("UPDATE device_sign_in SET polled_at = @now WHERE device_code = @hash", new { hash, now });
        else if (row is not null)
            db.Execute("DELETE FROM device_sign_in WHERE device_code = @hash", new { hash });
        return row;
    }

    private static string Normalise(string code) => code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static byte[] HashOf(string deviceCode) => SHA256.HashData(Encoding.UTF8.GetBytes(deviceCode));

    private sealed record Row
    {
        public required string ClientId { get; init; }
        public required string Scope { get; init; }
        public required Guid? PrincipalId { get; init; }
        public required bool Denied { get; init; }
        public required DateTimeOffset? PolledAt { get; init; }
    }
}
