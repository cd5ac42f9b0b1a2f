using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>A name and its passwords, in clear.</summary>
public sealed record RegistryCredentials : OpenRecord
{
    public string? Username { get; init; }

    public IReadOnlyList<RegistryPassword> Passwords { get; init; } = [];
}
