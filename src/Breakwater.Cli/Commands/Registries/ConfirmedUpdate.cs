using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Registries;

/// <summary>A change of a registry. One by which the caller would shut itself out is asked about first.</summary>
internal static class ConfirmedUpdate
{
    private const string LocksOut = "CallerWouldBeLockedOut";

    /// <param name="ifRevision">Refused with 412 at another one. Null: whichever it is.</param>
    public static async Task<ArmResource<RegistryProperties>> RunAsync(Invocation call, RegistryId id, RegistryChange change, Option<bool> yes, string? ifRevision = null)
    {
        try
        {
            return await UpdateAsync(call, id, change, call.Value(yes), ifRevision);
        }
        catch (BreakwaterException refused) when (refused.Code == LocksOut)
        {
            call.Confirm($"The change would refuse your own address at {id.Name}. Make it all the same?", yes);
            return await UpdateAsync(call, id, change, confirms: true, ifRevision);
        }
    }

    private static Task<ArmResource<RegistryProperties>> UpdateAsync(Invocation call, RegistryId id, RegistryChange change, bool confirms, string? ifRevision) =>
        call.WaitAsync($"Changing {id.Name}…", () => call.Connection.Management.Registries.UpdateAsync(id, change, call.Stop, confirms, ifRevision));
}
