using Breakwater.Cli.Options;
using Breakwater.Client.Content;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Running;

/// <summary>Finds the registry that a command is about.</summary>
internal static class RegistryPicker
{
    /// <summary>The registry on the management plane.</summary>
    /// <exception cref="BreakwaterException">None is named, and there is not exactly one.</exception>
    public static async Task<RegistryId> RegistryIdAsync(this Invocation call, RegistryOptions options)
    {
        var (name, group) = (options.NameIn(call), options.GroupIn(call));
        if (name is not null && group is not null)
            return new RegistryId(call.Connection.Management.Subscription, group, name);
        var visible = await ListAsync(call, group);
        // Who may not look at a registry may have rights on what belongs to it.
        if (visible.Count == 0 && name is not null)
            return new RegistryId(call.Connection.Management.Subscription, group ?? RegistryId.DefaultGroup, name);
        var registry = One(visible, name);
        return RegistryId.TryParse(registry.Id) ?? throw new BreakwaterException(ErrorKind.Failed, $"The server names the registry '{registry.Id}', which is no resource id.");
    }

    /// <summary>A registry by its name, in a group or in whichever it is seen.</summary>
    public static async Task<RegistryId> RegistryIdAsync(this Invocation call, string name, string? group)
    {
        var seen = group is null ? (await ListAsync(call, null)).FirstOrDefault(registry => registry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) : null;
        return RegistryId.TryParse(seen?.Id) ?? new RegistryId(call.Connection.Management.Subscription, group ?? RegistryId.DefaultGroup, name);
    }

    public static async Task<RegistryClient> RegistryAsync(this Invocation call, RegistryOptions options) => call.Connection.Management.Of(await call.RegistryIdAsync(options));

    /// <summary>The registry's content.</summary>
    /// <exception cref="BreakwaterException">None is named, and there is not exactly one; or the one that is named is not to be seen.</exception>
    public static async Task<ContentClient> ContentAsync(this Invocation call, RegistryOptions options)
    {
        var name = options.NameIn(call);
        var visible = await ListAsync(call, options.GroupIn(call));
        // Roles for content only show no registry: without a name it is the one at the server's own address.
        if (visible.Count == 0 && name is null)
            return call.Connection.ContentOf(call.Connection.Server);
        var host = One(visible, name).Properties?.LoginServer;
        return ServerAddress.TryParse($"{call.Connection.Server.Uri.Scheme}://{host}", out var address)
            ? call.Connection.ContentOf(address)
            : throw new BreakwaterException(ErrorKind.Failed, $"The registry's login server '{host}' is no address.");
    }

    private static async Task<List<ArmResource<RegistryProperties>>> ListAsync(Invocation call, string? group)
    {
        try
        {
            return await call.Connection.Management.Registries.ListAsync(group, call.Stop).ToListAsync(call.Stop);
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.Refused)
        {
            return [];
        }
    }

    private static ArmResource<RegistryProperties> One(List<ArmResource<RegistryProperties>> visible, string? name)
    {
        var found = visible.Where(registry => name is null || registry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        var names = string.Join(", ", visible.Select(registry => registry.Name));
        return found.Count switch
        {
            1 => found[0],
            0 when name is not null && visible.Count == 0 => throw new BreakwaterException(ErrorKind.NotFound, $"You see no registry, and so none of the name {name}.", "With a role for content only, leave --registry out: the one at the server's address is meant then."),
            0 when name is not null => throw new BreakwaterException(ErrorKind.NotFound, $"There is no registry {name}.", $"You see {names}."),
            0 => throw new BreakwaterException(ErrorKind.NotFound, "You see no registry.", "Name it with --registry, or ask an owner for a role on it."),
            _ => throw new BreakwaterException(ErrorKind.Invalid, $"There are several registries: {names}.", "Name one with --registry."),
        };
    }
}
