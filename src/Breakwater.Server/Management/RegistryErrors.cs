using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>How an operation on a registry that changed nothing is answered.</summary>
internal static class RegistryErrors
{
    public static OciException Of(RegistryOutcome outcome) => new(outcome switch
    {
        RegistryOutcome.NotFound => ManagementErrors.NotFound,
        RegistryOutcome.NameTaken => ManagementErrors.RegistryNameTaken,
        RegistryOutcome.NameDeleted => ManagementErrors.RegistryNameDeleted,
        RegistryOutcome.IsFirst => ManagementErrors.FirstRegistry,
        RegistryOutcome.LocksOutCaller => ManagementErrors.LocksOutCaller,
        RegistryOutcome.ClosesToCaller => ManagementErrors.ClosesToCaller,
        RegistryOutcome.RevisionDiffers => ManagementErrors.PreconditionFailed,
        RegistryOutcome.KeyChanged => ManagementErrors.KeyChanged,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "This is no error."),
    });
}
