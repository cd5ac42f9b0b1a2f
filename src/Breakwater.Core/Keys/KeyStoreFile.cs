using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Core.Identity;
using Breakwater.Core.Network;

namespace Breakwater.Core.Keys;

/// <summary>The file in which the operator names key stores, and which registries may use which of their keys.</summary>
/// <remarks>
/// <code>
/// [ { "name": "hsm", "type": "pkcs11", "options": { … as the type asks for … },
///     "keys": [ { "key": "pkcs11:token=registry;object=team-a-*", "registries": ["teama"] } ] } ]
/// </code>
/// Paths in the options count from the folder of the file.
/// </remarks>
public static class KeyStoreFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <param name="file">Null: no key stores.</param>
    /// <exception cref="InvalidDataException">The file cannot be used; the message says why.</exception>
    public static IReadOnlyList<KeyStore> Read(string? file, KeyStoreTypes types, EgressGuard guard, TimeProvider clock)
    {
        if (file is null)
            return [];
        try
        {
            var entries = JsonSerializer.Deserialize<List<Entry>>(File.ReadAllBytes(file), Json) ?? throw new JsonException("it is null.");
            if (entries.GroupBy(entry => entry.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1 || group.Key is "" or "file") is { } taken)
                throw new JsonException($"the name '{taken.Key}' is used twice or is not free.");
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            return [.. entries.Select(entry => Open(entry, new KeyStoreEntry(entry.Name, entry.Options, folder, guard, clock), types))];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException or FormatException or InvalidValueException)
        {
            throw new InvalidDataException($"The key stores in {file} cannot be read: {e.Message}", e);
        }
    }

    private static KeyStore Open(Entry entry, KeyStoreEntry opened, KeyStoreTypes types)
    {
        if (!types.TryGetValue(entry.Type, out var open))
            throw new JsonException($"there is no type '{entry.Type}'. There are {string.Join(", ", types.Keys)}.");
        if (entry.Keys.Any(rule => rule.Key.Length == 0 || rule.Registries.Count == 0))
            throw new JsonException($"a rule of '{entry.Name}' names no key or no registries.");
        return new KeyStore(open(opened), entry.Keys);
    }

    private sealed record Entry(string Name, string Type, JsonElement Options, IReadOnlyList<KeyRule> Keys);
}
