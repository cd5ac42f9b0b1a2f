using Breakwater.Core.Registries;

namespace Breakwater.Core.Access;

/// <summary>
/// Where a role holds: in the whole installation (ARM's subscription), in its resource group, or in one registry. Each covers what is below it;
/// what is not in a group, as the directory, only the installation covers.
/// </summary>
public readonly record struct RoleScope
{
    /// <summary>The one resource group there is; every registry is in it.</summary>
    public const string GroupName = "breakwater";

    public static readonly RoleScope Installation;
    public static readonly RoleScope Group = new(isInGroup: true, null);

    private RoleScope(bool isInGroup, Guid? registryId)
    {
        IsInGroup = isInGroup;
        RegistryId = registryId;
    }

    /// <summary>Whether it is the resource group or below it.</summary>
    public bool IsInGroup { get; }

    /// <summary>Null when it is wider than a registry.</summary>
    public Guid? RegistryId { get; }

    public static RoleScope OfRegistry(Guid id) => new(isInGroup: true, id);

    /// <param name="registry">Null: the whole installation.</param>
    public static RoleScope Of(Registry? registry) => registry is null ? Installation : OfRegistry(registry.Id);

    /// <summary>Whether <paramref name="other"/> is this scope or below it.</summary>
    public bool Covers(RoleScope other) => this == Installation || this == other || (this == Group && other.IsInGroup);

    public override string ToString() => RegistryId is { } id ? id.ToString("N") : IsInGroup ? "group" : "installation";

    /// <summary>Null for what <see cref="ToString"/> never wrote.</summary>
    internal static RoleScope? TryParse(string text) => text switch
    {
        "installation" => Installation,
        "group" => Group,
        _ => Guid.TryParseExact(text, "N", out var id) ? OfRegistry(id) : null,
    };
}
