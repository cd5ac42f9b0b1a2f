using System.CommandLine;
using Breakwater.Cli.Commands.Registries;
using Breakwater.Cli.Options;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.NetworkRules;

/// <summary>Reads a registry's rules, changes them, and writes all of them, as ARM wants it.</summary>
internal static class NetworkRuleChange
{
    /// <returns>The rules afterwards.</returns>
    public static async Task<IReadOnlyList<NetworkRule>> RunAsync(Invocation call, RegistryOptions registry, Option<bool> yes, Func<IReadOnlyList<NetworkRule>, IReadOnlyList<NetworkRule>> change)
    {
        var id = await call.RegistryIdAsync(registry);
        var before = (await call.Connection.Management.Registries.GetAsync(id, call.Stop)).Properties?.NetworkRuleSet?.IpRules ?? [];
        var wanted = new RegistryChange { Properties = new RegistryProperties { NetworkRuleSet = new NetworkRuleSet { IpRules = change(before) } } };
        return (await ConfirmedUpdate.RunAsync(call, id, wanted, yes)).Properties?.NetworkRuleSet?.IpRules ?? [];
    }
}
