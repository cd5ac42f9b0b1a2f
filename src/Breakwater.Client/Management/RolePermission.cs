using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>What a role opens: actions on the management plane, data actions on content.</summary>
public sealed record RolePermission : OpenRecord
{
    public IReadOnlyList<string>? Actions { get; init; }

    public IReadOnlyList<string>? NotActions { get; init; }

    public IReadOnlyList<string>? DataActions { get; init; }

    public IReadOnlyList<string>? NotDataActions { get; init; }
}
