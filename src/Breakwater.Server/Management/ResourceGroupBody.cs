using System.Text.Json;

namespace Breakwater.Server.Management;

/// <summary>A resource group as clients send it. What only the server writes may come back to it and is not looked at.</summary>
/// <param name="Location">Any text; it cannot change.</param>
/// <param name="Tags">All of them.</param>
internal sealed record ResourceGroupBody(string? Location, Dictionary<string, string>? Tags, JsonElement? Id, JsonElement? Name, JsonElement? Type, JsonElement? Properties, JsonElement? ManagedBy);
