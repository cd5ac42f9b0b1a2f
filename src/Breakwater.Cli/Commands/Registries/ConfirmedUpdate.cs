using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Registries;

/// <summary>A change of a registry. One by which the caller would shut itself out is asked about first.</summary>
internal static class ConfirmedUpdate
{
    private const string LocksOut = "CallerWouldBeLockedOut";

    public static async Task<ArmResource<RegistryProperties>> RunAsync(Invocation call, RegistryId id, RegistryChange change, Option<bool> yes)
    {
        try
        {
            return await UpdateAsync(call, id, change, call.Value(yes));
        }
        catch (BreakwaterException refused) when (refused.Code == LocksOut)
        {
            call.Confirm($"The rules would refuse your own address at {id.Name}. Change them all the same?", yes);
            return await UpdateAsync(call, id, change, confirms: true);
        }
    }

    private static Task<ArmResource<RegistryProperties>> UpdateAsync(Invocation call, RegistryId id, RegistryChange change, bool confirms) =>
        call.WaitAsync($"Changing {id.Name}…", () => call.Connection.Management.Registries.UpdateAsync(id, change, call.Stop, confirms));
}
