using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Access;

/// <summary>Open to everybody, on purpose.</summary>
/// <param name="reason">Why; stands in the route table.</param>
internal sealed class OpenDemand(string reason) : AccessDemand
{
    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) => true;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override string ToString() => $"open: {reason}";
}
