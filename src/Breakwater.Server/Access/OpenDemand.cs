using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Access;

/// <summary>Open to everybody, on purpose.</summary>
/// <param name="reason">Why; stands in the route table.</param>
/// <param name="isOfRegistry">Whether it gives out tokens for content.</param>
internal sealed class OpenDemand(string reason, bool isOfRegistry = false) : AccessDemand
{
    public override bool IsOfRegistry => isOfRegistry;

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) => true;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override string ToString() => $"open: {reason}";
}
