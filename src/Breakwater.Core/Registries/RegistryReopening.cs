using Breakwater.Core.Audit;
using Breakwater.Core.Metadata;
using Breakwater.Core.Network;

namespace Breakwater.Core.Registries;

/// <summary>The way back in for the operator of the machine, when a registry's network has shut everybody out. It asks for no rights: whoever may call it holds the data directory.</summary>
public sealed class RegistryReopening(IMetadataDatabase database, RegistryDirectory registries, AuditLog audit, TimeProvider clock)
{
    private const string Operation = "Breakwater/registries/openNetwork/action";

    /// <summary>Switches public access on, lets in whom no rule is about, and removes the rules that deny. Those that allow stay.</summary>
    /// <returns>False when there is no such registry.</returns>
    public Task<bool> OpenAsync(string name) => registries.InTurnAsync(async () =>
    {
        if (registries.Find(name) is not { } before)
            return false;
        var network = before.Network with { IsPublic = true, Rules = new NetworkRules(RuleAction.Allow, before.Network.Rules.Rules.Where(rule => rule.Action == RuleAction.Allow)) };
        var after = before with { Network = network, Revision = before.Revision + 1, UpdatedAt = clock.GetUtcNow(), UpdatedBy = null };
        await database.WriteAsync(db =>
        {
            RegistryRow.Update(db, after);
            return true;
        });
        registries.Put(after);
        await audit.WriteAsync(new AuditRecord
        {
            Time = clock.GetUtcNow(),
            Category = AuditCategory.Administration,
            Operation = Operation,
            Status = 200,
            Description = "Opened by the operator of the machine.",
            Resource = after.Name,
        });
        return true;
    });
}
