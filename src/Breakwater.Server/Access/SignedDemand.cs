using Breakwater.Core.Access;
using Breakwater.Core.Registries;

namespace Breakwater.Server.Access;

/// <summary>An address that was signed for whoever holds it. It answers at data endpoints and nowhere else, and nothing else answers there.</summary>
internal sealed class SignedDemand : AccessDemand
{
    // The gate asks no principal: the handler opens the address, and only that makes a proof.
    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) => false;

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override string ToString() => "signed address, at a data endpoint";
}
