using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>Which passwords a token has. Their values are never shown again.</summary>
public sealed record TokenCredentials : OpenRecord
{
    public IReadOnlyList<RegistryPassword>? Passwords { get; init; }
}
