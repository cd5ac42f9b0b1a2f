using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities</summary>
public sealed record IdentityProperties : OpenRecord
{
    /// <summary>What roles are given to.</summary>
    public Guid? PrincipalId { get; init; }

    /// <summary>What it signs in as.</summary>
    public Guid? ClientId { get; init; }
}
