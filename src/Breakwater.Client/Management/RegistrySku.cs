namespace Breakwater.Client.Management;

/// <param name="Name">Basic, Standard or Premium.</param>
public sealed record RegistrySku(string? Name, string? Tier = null);
