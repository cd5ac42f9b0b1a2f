using Breakwater.Oci;

namespace Breakwater.Core.Repositories;

/// <summary>Refuses what a lock forbids. For changes it is asked in the transaction that makes them, so no lock can come between.</summary>
internal static class Locked
{
    /// <param name="kind">Repository, tag or manifest.</param>
    /// <exception cref="OciException"><c>OperationDisallowed</c></exception>
    public static void Refuse(ItemLocks locks, ItemLocks operation, string kind, string name)
    {
        var forbidding = locks & (operation == ItemLocks.Delete ? ItemLocks.Delete | ItemLocks.Write : operation);
        if (forbidding != 0)
            throw Error(forbidding, kind, name);
    }

    private static OciException Error(ItemLocks forbidding, string kind, string name) => new(
        OciErrors.OperationDisallowed, $"{OciErrors.OperationDisallowed.Message} The {kind} {name} is locked: its {AttributeOf(forbidding)} is false.");

    private static string AttributeOf(ItemLocks forbidding) => forbidding switch
    {
        ItemLocks.Write => "writeEnabled",
        ItemLocks.Delete or (ItemLocks.Delete | ItemLocks.Write) => "deleteEnabled",
        _ => "readEnabled",
    };
}
