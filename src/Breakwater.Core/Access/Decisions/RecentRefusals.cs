using Breakwater.Core.Identity;

namespace Breakwater.Core.Access.Decisions;

/// <summary>The refusals of the last hour, at most about 10,000: in memory, so that refusing costs no write.</summary>
public sealed class RecentRefusals(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // Two generations of this size.
    private const int Capacity = 5_000;

    private readonly RecentMap<Guid, RefusedAccess> _refusals = new(Capacity);

    /// <returns>The id by which it is found.</returns>
    public Guid Add(AccessQuestion question, ContentObstacle? obstacle = null)
    {
        // Never an id that the client brought: it could put its refusal in the place of another's.
        var id = Guid.NewGuid();
        _refusals.Set(id, new RefusedAccess(id, clock.GetUtcNow(), question, obstacle));
        return id;
    }

    /// <summary>For whoever was refused, and for those who manage who may what.</summary>
    /// <returns>Null also for everybody else: nobody learns which ids there are.</returns>
    public RefusedAccess? Find(Caller caller, Guid id)
    {
        if (!_refusals.TryGet(id, out var refusal) || clock.GetUtcNow() - refusal.At > Lifetime)
            return null;
        var question = refusal.Question;
        return question.Caller.Principal.Id == caller.Principal.Id || ManagementAccess.Decide(caller, question.Registry, ManagementActions.RoleAssignmentsRead) is not null
            ? refusal
            : null;
    }
}
