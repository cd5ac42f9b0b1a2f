using System.CommandLine;
using System.Net;
using Breakwater.Cli.Commands.Registries;
using Breakwater.Cli.Options;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.NetworkRules;

/// <summary>Reads a registry's rules, changes them, and writes all of them, as ARM wants it. What others wrote in between is read and kept.</summary>
internal static class NetworkRuleChange
{
    // Somebody else's change was made each time.
    private const int MaxAttempts = 10;

    /// <returns>The rules afterwards.</returns>
    public static async Task<IReadOnlyList<NetworkRule>> RunAsync(Invocation call, RegistryOptions registry, Option<bool> yes, Func<IReadOnlyList<NetworkRule>, IReadOnlyList<NetworkRule>> change)
    {
        var id = await call.RegistryIdAsync(registry);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await TryAsync(call, id, yes, change) is { } rules)
                return rules;
        }
        throw new BreakwaterException(ErrorKind.Conflict, $"{id.Name} is being changed by others all the time. Your rule was not.", "Try again.");
    }

    /// <returns>Null when somebody else has changed the registry meanwhile.</returns>
    private static async Task<IReadOnlyList<NetworkRule>?> TryAsync(Invocation call, RegistryId id, Option<bool> yes, Func<IReadOnlyList<NetworkRule>, IReadOnlyList<NetworkRule>> change)
    {
        var (found, revision) = await call.Connection.Management.Registries.GetRevisionAsync(id, call.Stop);
        var wanted = new RegistryChange { Properties = new RegistryProperties { NetworkRuleSet = new NetworkRuleSet { IpRules = change(found.Properties?.NetworkRuleSet?.IpRules ?? []) } } };
        try
        {
            return (await ConfirmedUpdate.RunAsync(call, id, wanted, yes, revision)).Properties?.NetworkRuleSet?.IpRules ?? [];
        }
        catch (BreakwaterException changed) when (changed.Status == (int)HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
    }
}
