using System.Collections.Immutable;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Access;

/// <summary>What a principal's assignments give in one registry: summed up where no condition asks for the repository.</summary>
/// <param name="Always">Of all assignments without a condition.</param>
/// <param name="Conditional">Those with one.</param>
internal sealed record StandingRights(Guid RegistryId, RoleAssignmentMode Mode, GrantedActions Always, ImmutableArray<RoleAssignment> Conditional)
{
    public static StandingRights Of(ImmutableArray<RoleAssignment> assignments, Registry registry)
    {
        var always = new GrantedActions(RegistryActions.None, RepositoryActions.None);
        var conditional = ImmutableArray.CreateBuilder<RoleAssignment>();
        foreach (var assignment in assignments)
        {
            if (!assignment.Covers(registry))
                continue;
            if (assignment.Condition is not null)
                conditional.Add(assignment);
            else if (assignment.Role.In(registry.RoleAssignmentMode) is var granted)
                always = new GrantedActions(always.Registry | granted.Registry, always.Repository | granted.Repository);
        }
        return new StandingRights(registry.Id, registry.RoleAssignmentMode, always, conditional.ToImmutable());
    }

    public bool IsFor(Registry registry) => RegistryId == registry.Id && Mode == registry.RoleAssignmentMode;
}
