using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Microsoft.AspNetCore.Http.Features;

namespace Breakwater.Server.Management;

/// <summary>Why something was refused, and what would happen if.</summary>
internal sealed class DecisionEndpoints(RecentRefusals refusals, WhatIf whatIf)
{
    private static readonly OciErrorCode Unknown = OciErrors.NotFound with { Message = "There is no such decision, or it is another's, or older than an hour." };

    public void Map(IEndpointRouteBuilder endpoints)
    {
        new RegistryRoutes(endpoints).Map("GET", "/decisions/{id}", RegistryActions.SignIn, GetAsync);
        new ManagementRoutes(endpoints).MapRegistry("POST", "/whatIf", ManagementActions.RoleAssignmentsRead, AskAsync);
    }

    private Task GetAsync(HttpContext context, RegistryAccess access)
    {
        var caller = context.Features.GetRequiredFeature<AccessFeature>().Caller;
        var refusal = Guid.TryParseExact(context.Request.RouteValues["id"] as string, "D", out var id) ? refusals.Find(caller, id) : null;
        return refusal is null ? throw new OciException(Unknown) : ArmJson.WriteAsync(context, Render(refusal));
    }

    private async Task AskAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var asked = await ArmJson.ReadAsync<Question>(context);
        if (!Guid.TryParse(asked.PrincipalId, out var principal))
            throw new OciException(ManagementErrors.InvalidRequest, "principalId must be an object id (a GUID).");
        var repository = asked.Repository is null ? null : RepositoryName.Parse(asked.Repository);
        var reference = asked.Reference is null ? null : ManifestReference.Parse(asked.Reference);
        var answer = await whatIf.AskAsync(access, principal, asked.Action ?? "", repository, reference) ?? throw new OciException(ManagementErrors.PrincipalNotFound);
        await ArmJson.WriteAsync(context, answer);
    }

    private static object Render(RefusedAccess refusal)
    {
        var question = refusal.Question;
        return new
        {
            id = refusal.Id.ToString("D"),
            time = refusal.At,
            principalId = question.Caller.Principal.Id.ToString("D"),
            principal = question.Caller.Principal.Name,
            registry = question.Registry.Name,
            repository = question.Repository?.Value,
            actions = question.Actions,
            explanation = AccessExplainer.Explain(question, [.. new[] { refusal.Obstacle }.OfType<ContentObstacle>()]),
        };
    }

    internal sealed record Question(string? PrincipalId, string? Action, string? Repository, string? Reference);
}
