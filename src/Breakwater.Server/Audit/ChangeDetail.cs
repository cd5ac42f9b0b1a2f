using System.Text;
using System.Text.Json;

namespace Breakwater.Server.Audit;

/// <summary>
/// What a change was about, from the JSON that was sent and answered: the values of the members that are listed here, and the mere names of
/// the others that were sent. A secret has no way in: whoever adds a member that holds one does not add it here.
/// </summary>
internal static class ChangeDetail
{
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "@odata.id", "appId", "userPrincipalName", "displayName", "accountEnabled",
        "principalId", "roleDefinitionId", "scope", "condition", "roleName", "actions", "notActions", "dataActions", "notDataActions", "assignableScopes",
        "adminUserEnabled", "anonymousPullEnabled", "roleAssignmentMode", "scopeMapId", "status", "tokenId", "name", "payloadFormat", "eventId", "keyId", "endDateTime", "expiry",
        "keyIdentifier", "versionedKeyIdentifier", "keyRotationEnabled",
        "targetTags", "untaggedTargetRepositories", "mode", "includeReferrers",
        "issuer", "subject", "issuerAssignedId", "audiences", "days", "retentionDays", "filters", "ago", "notPulledFor", "keep", "untagged", "includeLocked", "dryRun", "asOf", "repository",
        "publicNetworkAccess", "defaultAction", "networkRuleBypassOptions", "dataEndpointEnabled", "listener", "sourcePrefixes", "privateLinkServiceId",
    };

    // Their members are named by whoever sends them, or are what others sent long ago.
    private static readonly HashSet<string> Closed = new(StringComparer.OrdinalIgnoreCase) { "customHeaders", "tags", "value", "ipRules", "privateEndpointConnections" };

    /// <param name="sent">The body of the request; empty for none.</param>
    /// <returns>Null when there is nothing to say.</returns>
    public static string? OfRequest(ReadOnlyMemory<byte> sent) => Describe(sent, Shown, namesOthers: true);

    /// <param name="asked">What <see cref="OfRequest"/> said.</param>
    /// <param name="answered">The body of a successful answer. It tells the id of what was made, and what it was that is gone.</param>
    public static string? OfAnswer(string? asked, ReadOnlyMemory<byte> answered)
    {
        var told = Describe(answered, asked is null ? Shown : ["id", "appId"], namesOthers: false);
        return asked is null || told is null ? asked ?? told : $"{asked}; {told}";
    }

    private static string? Describe(ReadOnlyMemory<byte> json, HashSet<string> shown, bool namesOthers)
    {
        if (json.IsEmpty)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var text = new StringBuilder();
            Add(text, document.RootElement, shown, namesOthers);
            return text.Length == 0 ? null : text.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Add(StringBuilder text, JsonElement element, HashSet<string> shown, bool namesOthers)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Add(text, item, shown, namesOthers);
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            // Not by the names of its members: elsewhere "value" is a password.
            if (namesOthers && member.Name.Equals("ipRules", StringComparison.OrdinalIgnoreCase))
                Append(text, $"{member.Name}={RulesOf(member.Value)}");
            else if (shown.Contains(member.Name) && ValueOf(member.Value) is { } value)
                Append(text, $"{member.Name}={value}");
            else if (namesOthers && member.Name is not "properties")
                Append(text, member.Name);
            if (!shown.Contains(member.Name) && !Closed.Contains(member.Name))
                Add(text, member.Value, shown, namesOthers);
        }
    }

    private static string? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToString(),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => string.Join(',', value.EnumerateArray().Select(item => item.GetString())),
        _ => null,
    };

    private static string RulesOf(JsonElement rules) => rules.ValueKind != JsonValueKind.Array ? "" : string.Join(',', rules.EnumerateArray().Where(rule => rule.ValueKind == JsonValueKind.Object).Select(rule =>
        $"{(rule.TryGetProperty("action", out var action) ? action.ToString() : "Allow")} {(rule.TryGetProperty("value", out var value) ? value.ToString() : "")}"));

    private static void Append(StringBuilder text, string part) => text.Append(text.Length == 0 ? "" : "; ").Append(part);
}
