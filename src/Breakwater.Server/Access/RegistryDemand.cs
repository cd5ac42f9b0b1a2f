using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;

namespace Breakwater.Server.Access;

/// <summary>Actions on the registry as a whole.</summary>
internal sealed class RegistryDemand(RegistryActions actions) : AccessDemand
{
    private static readonly DemandedScope CatalogScope = new("registry", "catalog", ActionNames.Any), DeletedCatalogScope = new("registry", "deleted_catalog", ActionNames.Any);

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) =>
        (feature.RegistryWide = RegistryAccess.Decide(caller, registry, actions)) is not null;

    public override DemandedScope? ScopeFor(HttpContext context) =>
        actions.HasFlag(RegistryActions.Catalog) ? CatalogScope : actions.HasFlag(RegistryActions.DeletedCatalog) ? DeletedCatalogScope : null;

    public override AccessQuestion? QuestionOf(HttpContext context, Caller caller, Registry registry) =>
        AccessQuestion.About(caller, registry, actions);

    public override RequestKind KindOf(string method) => RequestKinds.Of(method);

    public override bool IsForContent => actions != RegistryActions.SignIn;

    public override string ToString() => $"registry {actions}";
}
