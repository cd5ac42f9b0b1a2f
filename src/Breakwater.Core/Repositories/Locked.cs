using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;

namespace Breakwater.Core.Repositories;

/// <summary>Refuses what a lock forbids. For changes it is asked in the transaction that makes them, so no lock can come between.</summary>
internal static class Locked
{
    /// <param name="kind">Repository, tag or manifest.</param>
    /// <exception cref="DisallowedException" />
    public static void Refuse(ItemLocks locks, ItemLocks operation, string kind, string name)
    {
        var forbidding = locks & (operation == ItemLocks.Delete ? ItemLocks.Delete | ItemLocks.Write : operation);
        if (forbidding != 0)
            throw new DisallowedException(Obstacle(AttributeOf(forbidding), kind, name));
    }

    private static ContentObstacle Obstacle(string attribute, string kind, string name) => new(
        "lock", $"{kind} {name}", $"is locked: its {attribute} is false.", $"Whoever may change attributes can set {attribute} to true.");

    private static string AttributeOf(ItemLocks forbidding) => forbidding switch
    {
        ItemLocks.Write => "writeEnabled",
        ItemLocks.Delete or (ItemLocks.Delete | ItemLocks.Write) => "deleteEnabled",
        _ => "readEnabled",
    };
}
