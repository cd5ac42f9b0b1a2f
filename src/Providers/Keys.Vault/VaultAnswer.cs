using System.Text.Json;

namespace Breakwater.Keys.Vault;

/// <param name="Body">Null when there is none, or it is no JSON.</param>
internal sealed record VaultAnswer(int Status, JsonElement? Body)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>What it says went wrong. For the log: it may name paths.</summary>
    public string Errors => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("errors", out var errors) ? errors.ToString() : "";

    /// <summary>The same as the cause of an exception: clients read messages, and not causes.</summary>
    public Exception Cause => new InvalidOperationException(Errors);

    /// <exception cref="JsonException">It has no such member.</exception>
    public JsonElement Data(string name) => Member(Member(Body ?? default, "data"), name);

    /// <summary>Of the answer to a login or a renewal.</summary>
    /// <exception cref="JsonException">It has no such member.</exception>
    public JsonElement Auth(string name) => Member(Member(Body ?? default, "auth"), name);

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : throw new JsonException($"the answer has no {name}.");
}
