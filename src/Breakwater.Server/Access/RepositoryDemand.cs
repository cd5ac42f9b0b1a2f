using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Access;

/// <summary>Actions on the repository that the path names.</summary>
/// <param name="counted">What its requests count as beside what their method says.</param>
internal sealed class RepositoryDemand(RepositoryActions actions, RequestKind counted = RequestKind.None) : AccessDemand
{
    private readonly string _actions = string.Join(',', ActionNames.Of(Asked(actions)));

    public override bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature) =>
        context.Features.Get<IRepositoryFeature>() is { } repository
        && (feature.Repository = RepositoryAccess.Decide(caller, registry, repository.Name, actions)) is not null;

    public override DemandedScope? ScopeFor(HttpContext context) =>
        new DemandedScope("repository", context.Features.GetRequiredFeature<IRepositoryFeature>().Name.Value, _actions);

    public override AccessQuestion? QuestionOf(HttpContext context, Caller caller, Registry registry) =>
        AccessQuestion.About(caller, registry, context.Features.GetRequiredFeature<IRepositoryFeature>().Name, actions);

    public override RequestKind KindOf(string method) => RequestKinds.Of(method) | counted;

    public override bool IsForContent => true;

    public override string ToString() => $"repository {actions}";

    /// <summary>Clients that push also look at what is there already, with the same token. Signing comes with pushing: no client knows a word for it.</summary>
    private static RepositoryActions Asked(RepositoryActions actions) =>
        (actions & (RepositoryActions.Push | RepositoryActions.Upload)) != 0 ? actions | RepositoryActions.Push | RepositoryActions.Pull : actions;
}
