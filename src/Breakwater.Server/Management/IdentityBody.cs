using System.Text.Json;

namespace Breakwater.Server.Management;

/// <summary>A managed identity as clients send it. What only the server writes may come back to it and is not looked at.</summary>
internal sealed record IdentityBody(string? Location, Dictionary<string, string>? Tags, JsonElement? Properties, JsonElement? Id, JsonElement? Name, JsonElement? Type, JsonElement? SystemData);
