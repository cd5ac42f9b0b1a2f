using System.Text.Json;

namespace Breakwater.Keys.AzureKeyVault;

/// <param name="Body">Null when there is none, or it is no JSON.</param>
internal sealed record AzureAnswer(int Status, JsonElement? Body)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>What it says went wrong, as the cause of an exception: clients read messages, and not causes.</summary>
    public Exception Cause => new InvalidOperationException(Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("error", out var error) ? error.ToString() : $"Status {Status}.");

    /// <returns>Null when a member on the way is missing.</returns>
    public JsonElement? Find(params ReadOnlySpan<string> path)
    {
        var found = Body;
        foreach (var name in path)
            found = found is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;
        return found;
    }
}
