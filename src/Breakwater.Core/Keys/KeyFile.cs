using System.Text.Json.Serialization;

namespace Breakwater.Core.Keys;

internal sealed record KeyFile(IReadOnlyList<KeyVersion> Versions);

internal sealed record KeyVersion(string Version, byte[] Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
