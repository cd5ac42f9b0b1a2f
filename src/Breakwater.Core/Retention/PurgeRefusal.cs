using Breakwater.Oci;

namespace Breakwater.Core.Retention;

/// <summary>Tells what only keeps one item from what must end a whole run.</summary>
internal static class PurgeRefusal
{
    public static bool IsRefusal(OciException e) => e.Error == OciErrors.OperationDisallowed || e.Error == OciErrors.NameUnknown || e.Error == OciErrors.Denied;
}
