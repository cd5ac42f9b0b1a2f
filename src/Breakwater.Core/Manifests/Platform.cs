namespace Breakwater.Core.Manifests;

/// <summary>What an image runs on, as its config or an index says. Null where that says nothing usable.</summary>
public sealed record Platform(string? Architecture, string? System)
{
    public static Platform Unknown { get; } = new(null, null);
}
