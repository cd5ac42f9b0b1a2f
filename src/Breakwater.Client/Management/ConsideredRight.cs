namespace Breakwater.Client.Management;

/// <param name="Kind">roleAssignment or grant.</param>
/// <param name="Name">The role's name, or what the grant is for.</param>
/// <param name="Finding">What it gives, or why it does not.</param>
public sealed record ConsideredRight(string Kind, string? Id, string Name, string Finding);
