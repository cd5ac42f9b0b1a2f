using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Installation;

/// <summary>The content of <c>installation.json</c>.</summary>
internal sealed record InstallationFile(Guid Id, int Layout)
{
    public const int CurrentLayout = 1;

    /// <exception cref="WrongVolumeException">It cannot be read, or a newer version wrote it.</exception>
    public static InstallationFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), InstallationJson.Default.InstallationFile);
            return file is { Layout: CurrentLayout }
                ? file
                : throw new WrongVolumeException($"{path} has a layout that this version does not know. Start the version that wrote it.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new WrongVolumeException($"{path} cannot be read: {e.Message}");
        }
    }

    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, InstallationJson.Default.InstallationFile));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(InstallationFile))]
internal sealed partial class InstallationJson : JsonSerializerContext;
