using System.Text.Json;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Registries;

/// <summary>ARM's tags, by which people sort their resources. Nothing here reads them.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources</remarks>
internal static class ResourceTags
{
    private const int MaxCount = 50, MaxName = 512, MaxValue = 256;

    /// <exception cref="InvalidValueException">Too many or too long; the message says what is kept.</exception>
    public static void Require(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MaxCount || tags.Any(tag => tag.Key.Length is 0 or > MaxName || tag.Value is null || tag.Value.Length > MaxValue))
            throw new InvalidValueException($"A resource has at most {MaxCount} tags, with names of 1 to {MaxName} and values of at most {MaxValue} characters.");
    }

    /// <inheritdoc cref="Require"/>
    public static string Serialize(IReadOnlyDictionary<string, string> tags)
    {
        Require(tags);
        return JsonSerializer.Serialize(tags);
    }
}
