namespace Breakwater.Cli.Commands.Configuration;

/// <summary><c>breakwater config soft-delete update</c></summary>
internal sealed class SoftDeleteUpdateCommand() : PolicyUpdateCommand(
    RegistryPolicy.SoftDelete, "Change whether what is deleted can be restored, and for how long.", "How long it can be restored: 1 to 90 days.",
    "Fewer days count for what is deleted already: some of it may be gone at once. Change it?");
