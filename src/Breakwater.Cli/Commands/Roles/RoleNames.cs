using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Roles;

/// <summary>Names of roles by their ids.</summary>
internal static class RoleNames
{
    public static async Task<Dictionary<string, string>> ReadAsync(Invocation call, string scope)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (var role in call.Connection.Management.Roles.ListDefinitionsAsync(scope, call.Stop))
                names[role.Name] = role.Properties?.RoleName ?? role.Name;
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.Refused)
        {
            // The ids are shown then.
        }
        return names;
    }

    /// <param name="resourceId">Of the role definition.</param>
    public static string? Find(Dictionary<string, string> names, string? resourceId)
    {
        var id = resourceId?[(resourceId.LastIndexOf('/') + 1)..] ?? "";
        return names.GetValueOrDefault(id, id);
    }
}
