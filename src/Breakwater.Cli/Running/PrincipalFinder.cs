using Breakwater.Client.Directory;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Running;

/// <summary>Who is meant by an object id, an application id, or the name of a user, a service principal or a group.</summary>
internal static class PrincipalFinder
{
    /// <exception cref="BreakwaterException">Nobody, or several.</exception>
    public static Task<FoundPrincipal> FindAsync(Invocation call, string text) =>
        Guid.TryParse(text, out var id) ? ByIdAsync(call, id) : ByNameAsync(call.Connection.Directory, text, call.Stop);

    /// <summary>An application id is somebody else's object id in Graph; who may not read the directory means the latter.</summary>
    private static async Task<FoundPrincipal> ByIdAsync(Invocation call, Guid id)
    {
        try
        {
            var service = await TryAsync(() => call.Connection.Directory.ServicePrincipals.FindAsync($"{id:D}", call.Stop));
            return service is null ? new FoundPrincipal($"{id:D}", $"{id:D}") : new FoundPrincipal(service.Id, service.DisplayName ?? service.Id);
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.Refused)
        {
            return new FoundPrincipal($"{id:D}", $"{id:D}");
        }
    }

    private static async Task<FoundPrincipal> ByNameAsync(DirectoryClient directory, string name, CancellationToken stop)
    {
        var user = await TryAsync(() => directory.Users.GetAsync(name, stop));
        var service = await TryAsync(() => directory.ServicePrincipals.FindAsync(name, stop));
        var group = await TryAsync(() => directory.Groups.FindAsync(name, stop));
        string?[] ids = [user?.Id, service?.Id, group?.Id];
        return ids.OfType<string>().ToList() switch
        {
            [var id] => new FoundPrincipal(id, name),
            [] => throw new BreakwaterException(ErrorKind.NotFound, $"There is no user, service principal or group '{name}'.", "Check the name, or use the object id."),
            var several => throw new BreakwaterException(ErrorKind.Invalid, $"'{name}' is the name of several principals.", $"Use one of the object ids {string.Join(", ", several)}."),
        };
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> find)
        where T : class
    {
        try
        {
            return await find();
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }
}
