using Breakwater.Oci;

namespace Breakwater.Core.Repositories;

/// <summary>Refuses what a lock forbids. For changes it is asked in the transaction that makes them, so no lock can come between.</summary>
internal static class Locked
{
    /// <param name="kind">Repository, tag or manifest.</param>
    /// <exception cref="OciException"><c>OperationDisallowed</c></exception>
    public static void Refuse(ItemLocks locks, ItemLocks operation, string kind, string name)
    {
        if ((locks & operation) != 0)
            throw Error(operation, kind, name);
    }

    private static OciException Error(ItemLocks operation, string kind, string name) => new(
        OciErrors.OperationDisallowed, $"{OciErrors.OperationDisallowed.Message} The {kind} {name} is locked: its {AttributeOf(operation)} is false.");

    private static string AttributeOf(ItemLocks operation) => operation switch
    {
        ItemLocks.Delete => "deleteEnabled",
        ItemLocks.Write => "writeEnabled",
        _ => "readEnabled",
    };
}
