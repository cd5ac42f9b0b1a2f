using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Oci;

namespace Breakwater.Core.Tokens;

/// <summary>The claims of a registry token: ACR's, and the ids and versions that end it when its user or registry changes.</summary>
/// <remarks>
/// <code>
/// jti sub nbf exp iat iss aud version rid grant_type roles         as ACR
/// access: [ { type: "repository", name, actions: [pull ...] }, { type: "registry", name: "catalog" or "deleted_catalog", actions: ["*"] } ]
/// pid, pv    id and version of the principal        rid, rv    id and security version of the registry
/// sid        the session of the issuer that it ends with, if it was given for one: a refresh token, or what it bought
/// </code>
/// </remarks>
internal sealed record TokenClaims
{
    public required Guid PrincipalId { get; init; }
    public required int PrincipalVersion { get; init; }
    public required Guid RegistryId { get; init; }
    public required int RegistryVersion { get; init; }
    public required string Audience { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What an access token is for; null in a refresh token, which has no <c>access</c>.</summary>
    public required TokenLimit? Limit { get; init; }

    /// <summary>The person's sign-in with the issuer that it was given for; null: none.</summary>
    public Guid? SessionId { get; init; }

    public string ToJson(string subject, DateTimeOffset issuedAt)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jti", Guid.NewGuid());
            json.WriteString("sub", subject);
            json.WriteNumber("nbf", issuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", ExpiresAt.ToUnixTimeSeconds());
            json.WriteNumber("iat", issuedAt.ToUnixTimeSeconds());
            json.WriteString("iss", TokenDefaults.Issuer);
            json.WriteString("aud", Audience);
            json.WriteString("version", TokenDefaults.ClaimsVersion);
            json.WriteString("rid", RegistryId.ToString("N"));
            json.WriteNumber("rv", RegistryVersion);
            json.WriteString("pid", PrincipalId.ToString("N"));
            json.WriteNumber("pv", PrincipalVersion);
            json.WriteString("grant_type", Limit is null ? "refresh_token" : "access_token");
            if (SessionId is { } session)
                json.WriteString("sid", session.ToString("N"));
            if (Limit is not null)
                WriteAccess(json, Limit);
            json.WriteStartArray("roles");
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteAccess(Utf8JsonWriter json, TokenLimit limit)
    {
        json.WriteStartArray("access");
        if (limit.Registry.HasFlag(RegistryActions.Catalog))
            WriteEntry(json, "registry", "catalog", [ActionNames.Any]);
        if (limit.Registry.HasFlag(RegistryActions.DeletedCatalog))
            WriteEntry(json, "registry", "deleted_catalog", [ActionNames.Any]);
        foreach (var grant in limit.Repositories)
            WriteEntry(json, "repository", grant.Repository.Value, ActionNames.Of(grant.Actions));
        json.WriteEndArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, string type, string name, IEnumerable<string> actions)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("name", name);
        json.WriteStartArray("actions");
        foreach (var action in actions)
            json.WriteStringValue(action);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the payload of a token whose signature was verified. Null when a claim is absent or not what this class writes.</summary>
    public static TokenClaims? TryRead(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OciException or ArgumentException)
        {
            return null;
        }
    }

    private static TokenClaims Read(JsonElement payload) => new()
    {
        PrincipalId = ReadId(payload.GetProperty("pid")),
        PrincipalVersion = payload.GetProperty("pv").GetInt32(),
        RegistryId = ReadId(payload.GetProperty("rid")),
        RegistryVersion = payload.GetProperty("rv").GetInt32(),
        Audience = payload.GetProperty("aud").GetString() ?? throw new FormatException(),
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(payload.GetProperty("exp").GetInt64()),
        Limit = payload.TryGetProperty("access", out var access) ? ReadLimit(access) : null,
        SessionId = payload.TryGetProperty("sid", out var session) ? ReadId(session) : null,
    };

    private static Guid ReadId(JsonElement value) => Guid.ParseExact(value.GetString() ?? "", "N");

    private static TokenLimit ReadLimit(JsonElement access)
    {
        var onRegistry = RegistryActions.SignIn;
        var grants = ImmutableArray.CreateBuilder<TokenGrant>();
        foreach (var entry in access.EnumerateArray())
        {
            var (type, name) = (entry.GetProperty("type").GetString(), entry.GetProperty("name").GetString());
            if (type == "registry" && name == "catalog")
                onRegistry |= RegistryActions.Catalog;
            else if (type == "registry" && name == "deleted_catalog")
                onRegistry |= RegistryActions.DeletedCatalog;
            else if (type == "repository")
                grants.Add(new TokenGrant(RepositoryName.Parse(name ?? ""), ReadActions(entry.GetProperty("actions"))));
        }
        return new TokenLimit(onRegistry, grants.ToImmutable());
    }

    private static RepositoryActions ReadActions(JsonElement actions) =>
        actions.EnumerateArray().Aggregate(RepositoryActions.None, (all, action) => all | ActionNames.Parse(action.GetString()));
}
