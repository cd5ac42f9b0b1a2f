using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;

namespace Breakwater.Server.Access;

/// <summary>Remembers a refusal and tells its id, by which <c>GET /decisions/{id}</c> explains it.</summary>
internal static class DecisionHeader
{
    public const string Name = "X-Breakwater-Decision";

    /// <summary>Who does not sign in could read what others like it were refused; and it could push out what is remembered for users.</summary>
    public static void Set(HttpContext context, AccessQuestion question)
    {
        if (question.Caller.Principal.Kind != PrincipalKind.Anonymous)
            context.Response.Headers[Name] = context.RequestServices.GetRequiredService<RecentRefusals>().Add(question).ToString("D");
    }

    /// <summary>A refusal by Core, of one who came through the gate.</summary>
    public static void Set(HttpContext context, AccessDeniedException denied)
    {
        if (context.Features.Get<AccessFeature>() is { Repository: { } access } feature)
            Set(context, AccessQuestion.About(feature.Caller, access.Registry, access.Repository, denied.Lacking));
    }
}
