using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Core.Identity;
using Breakwater.Core.Network;

namespace Breakwater.Core.Keys;

/// <summary>One key store as the operator has named it, to be opened by the project that knows its type.</summary>
/// <param name="Name">Stands in rows; it must not change while keys of the store are in use.</param>
/// <param name="Options">What the type asks for.</param>
/// <param name="Folder">What relative paths in the options count from.</param>
/// <param name="Guard">Which addresses may be connected to.</param>
public sealed record KeyStoreEntry(string Name, JsonElement Options, string Folder, EgressGuard Guard, TimeProvider Clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <exception cref="JsonException">A member is missing, unknown or of another type.</exception>
    public T Read<T>() => Options.Deserialize<T>(Json) ?? throw new JsonException("options is null.");

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>The secret in a file, without the line's end. Read each time, so that it can be exchanged while the server runs.</summary>
    /// <exception cref="KeyUnavailableException"><c>Unreachable</c>: the file cannot be read.</exception>
    public Secret ReadSecret(string file)
    {
        try
        {
            return new Secret(File.ReadAllText(PathOf(file)).TrimEnd('\r', '\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KeyUnavailableException.Unreachable($"The credentials of the key store '{Name}' cannot be read from {PathOf(file)}: {e.Message}", e);
        }
    }
}
