using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;

namespace Breakwater.Server.Access;

/// <summary>Remembers a refusal and tells its id, by which <c>GET /decisions/{id}</c> explains it.</summary>
internal static class DecisionHeader
{
    public const string Name = "X-Breakwater-Decision";

    /// <summary>Who does not sign in could read what others like it were refused; and it could push out what is remembered for users.</summary>
    public static void Set(HttpContext context, AccessQuestion question, ContentObstacle? obstacle = null)
    {
        if (question.Caller.Principal.Kind != PrincipalKind.Anonymous)
            context.Response.Headers[Name] = context.RequestServices.GetRequiredService<RecentRefusals>().Add(question, obstacle).ToString("D");
    }

    /// <summary>A refusal by Core, of one who came through the gate.</summary>
    public static void Set(HttpContext context, AccessDeniedException denied)
    {
        if (context.Features.Get<AccessFeature>() is { Repository: { } access } feature)
            Set(context, AccessQuestion.About(feature.Caller, access.Registry, access.Repository, denied.Lacking), denied.Obstacle);
    }

    /// <summary>A lock or a rule refused what rights allow.</summary>
    public static void Set(HttpContext context, DisallowedException disallowed)
    {
        if (context.Features.Get<AccessFeature>() is { } feature && context.GetEndpoint()?.Metadata.GetMetadata<AccessDemand>()?.QuestionOf(context, feature.Caller, feature.Registry) is { } question)
            Set(context, question, disallowed.Obstacle);
    }

    /// <summary>A message with where to read more. Most clients show nothing else of an answer.</summary>
    public static string Explain(HttpContext context, string message) => context.Response.Headers[Name] is [{ } id]
        ? $"{message} Why: {context.Request.Scheme}://{context.Request.Host.Value}/decisions/{id}"
        : message;
}
