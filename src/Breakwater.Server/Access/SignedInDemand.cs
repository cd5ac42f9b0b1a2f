using Breakwater.Core.Access;
using Breakwater.Core.Registries;
using Breakwater.Core.Tokens;

namespace Breakwater.Server.Access;

/// <summary>A user or service principal who has signed in to the management plane. What the answer shows depends on the caller's rights, item by item.</summary>
internal sealed class SignedInDemand : AccessDemand
{
    public override DirectoryAudience? Audience => DirectoryAudience.Management;

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) =>
        !caller.IsForContent && caller.Principal is { Disabled: false, Kind: PrincipalKind.User or PrincipalKind.ServicePrincipal };

    public override DemandedScope? ScopeFor(HttpContext context) => null;

    public override string ToString() => "signed in";
}
