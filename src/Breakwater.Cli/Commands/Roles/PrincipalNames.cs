using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Roles;

/// <summary>Names of principals by their object ids, for those who may read the directory.</summary>
internal static class PrincipalNames
{
    public static async Task<Dictionary<string, string>> ReadAsync(Invocation call)
    {
        var (names, directory) = (new Dictionary<string, string>(), call.Connection.Directory);
        try
        {
            await foreach (var user in directory.Users.ListAsync(call.Stop))
                names[user.Id] = user.UserPrincipalName ?? user.Id;
            await foreach (var service in directory.ServicePrincipals.ListAsync(call.Stop))
                names[service.Id] = service.DisplayName ?? service.Id;
            await foreach (var group in directory.Groups.ListAsync(call.Stop))
                names[group.Id] = group.DisplayName ?? group.Id;
        }
        catch (BreakwaterException e) when (e.Kind is ErrorKind.Refused or ErrorKind.NotSignedIn)
        {
            // The ids are shown then.
        }
        return names;
    }
}
