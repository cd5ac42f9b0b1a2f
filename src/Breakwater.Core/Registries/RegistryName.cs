using System.Buffers;

namespace Breakwater.Core.Registries;

/// <summary>What a registry may be called: 5 to 50 letters and digits, as with ACR. It is a DNS label too.</summary>
public static class RegistryName
{
    public const int MinLength = 5, MaxLength = 50;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    public static bool IsValid(string? name) => name is { Length: >= MinLength and <= MaxLength } && !name.AsSpan().ContainsAnyExcept(Allowed) && !Guid.TryParse(name, out _);
}
