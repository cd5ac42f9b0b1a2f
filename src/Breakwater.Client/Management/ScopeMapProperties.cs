using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/scope-maps</summary>
public sealed record ScopeMapProperties : OpenRecord
{
    public string? Description { get; init; }

    /// <summary>UserDefined or SystemDefined; the latter cannot be changed.</summary>
    public string? Type { get; init; }

    /// <summary>Such as <c>repositories/team/*/content/read</c>.</summary>
    public IReadOnlyList<string>? Actions { get; init; }
}
