using System.Text.Json;
using System.Text.Json.Serialization;

namespace Breakwater.Client.Transport;

/// <summary>A body of which the members are typed that the client works with. The others are kept, so that what is shown is what the server said.</summary>
public abstract record OpenRecord
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }
}
