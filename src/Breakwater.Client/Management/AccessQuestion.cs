namespace Breakwater.Client.Management;

/// <param name="Action">pull, push, delete, metadata_read, metadata_write, sign, catalog, or an action's full name.</param>
/// <param name="Repository">Null where the action is on the registry.</param>
public sealed record AccessQuestion(string PrincipalId, string Action, string? Repository);
