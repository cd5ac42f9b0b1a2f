using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Registries;
using Breakwater.Server.Access;
using Breakwater.Server.Distribution;
using Breakwater.Server.Network;

namespace Breakwater.Server.Audit;

/// <summary>
/// Makes records of requests. It takes names, ids, sizes and statuses; no header that carries credentials, no query, no body.
/// </summary>
internal sealed class RequestRecords(AttemptedNames names, RegistryDirectory registries, TimeProvider clock)
{
    /// <summary>What the route did, or was to do.</summary>
    public AuditRecord Of(HttpContext context, AuditRule rule, long start)
    {
        var (response, trail) = (context.Response, context.Features.Get<AuditTrail>());
        var caller = context.Features.Get<AccessFeature>()?.Caller ?? trail?.Caller;
        var reference = context.Request.RouteValues["reference"] as string ?? context.Request.RouteValues["digest"] as string;
        var isTag = reference is not null && !reference.Contains(':');
        var isManagement = rule.Category == AuditCategory.Administration;
        return new AuditRecord
        {
            Time = clock.GetUtcNow(),
            Category = rule.Category,
            Operation = rule == AuditRule.Delete && isTag ? AuditOperations.Untag : rule.Operation,
            Status = response.StatusCode,
            Description = Through(context, DescriptionOf(context, trail)),
            PrincipalId = caller?.Principal.Id,
            PrincipalKind = caller?.Principal.Kind,
            Identity = caller?.Principal.Name,
            Credential = CredentialOf(caller),
            JwtId = trail?.JwtId,
            CallerIp = context.Connection.RemoteIpAddress,
            UserAgent = context.Request.Headers.UserAgent,
            CorrelationId = context.TraceIdentifier,
            LoginServer = context.Request.Host.Value,
            DurationMs = (long)clock.GetElapsedTime(start).TotalMilliseconds,
            Repository = context.Features.Get<IRepositoryFeature>()?.Name.Value,
            Tag = isTag ? reference : context.Request.RouteValues["tag"] as string ?? response.Headers[HeaderNames.OciTag],
            Digest = response.Headers[HeaderNames.DockerContentDigest] is [{ } digest] ? digest : isTag ? null : reference,
            MediaType = isManagement ? null : HttpMethods.IsGet(context.Request.Method) ? response.ContentType : context.Request.ContentType,
            ArtifactType = trail?.ArtifactType,
            SizeBytes = isManagement ? null : HttpMethods.IsGet(context.Request.Method) ? response.ContentLength : trail?.SizeBytes ?? context.Request.ContentLength,
            Resource = isManagement ? context.Request.Path.Value : RegistryOf(context),
        };
    }

    /// <summary>The sign-in that a request began with.</summary>
    public AuditRecord OfSignIn(HttpContext context, AuditTrail trail, AuthenticationStatus status, long start)
    {
        var known = trail.Caller?.Principal ?? names.Find(trail.AttemptedName, context.Request.Host.Value ?? "");
        return new AuditRecord
        {
            Time = clock.GetUtcNow(),
            Category = AuditCategory.Login,
            Operation = AuditOperations.Login,
            Status = StatusOf(status),
            Description = Through(context, names.Describe(status, trail.AttemptedName, known is not null)),
            PrincipalId = known?.Id,
            PrincipalKind = known?.Kind,
            Identity = known?.Name,
            Credential = trail.Caller is { } caller ? CredentialOf(caller) : trail.AttemptedName is null ? null : "Password",
            JwtId = trail.JwtId,
            CallerIp = context.Connection.RemoteIpAddress,
            UserAgent = context.Request.Headers.UserAgent,
            CorrelationId = context.TraceIdentifier,
            LoginServer = context.Request.Host.Value,
            DurationMs = (long)clock.GetElapsedTime(start).TotalMilliseconds,
            Resource = IsOfInstallation(context) ? "/" : RegistryOf(context),
        };
    }

    // Whoever reads the log of a registry must not see who administers the installation, though both have one host.
    private static bool IsOfInstallation(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AccessDemand>() switch
    {
        OpenDemand => !context.Request.Path.StartsWithSegments("/oauth2"),
        { Audience: not null } => true,
        _ => false,
    };

    // The host says which one, also when nobody signed in.
    private string? RegistryOf(HttpContext context) => (context.Features.Get<AccessFeature>()?.Registry ?? registries.Resolve(context.Request.Host.Value ?? ""))?.Name;

    // The columns are ACR's, and have one address: the client's. The chain fixes how many there are.
    private static string? Through(HttpContext context, string? description) =>
        ProxyAddress.Of(context) is not { } proxy ? description : description is null ? proxy.Text : $"{description} {proxy.Text}";

    private static int StatusOf(AuthenticationStatus status) => status switch
    {
        AuthenticationStatus.SignedIn => StatusCodes.Status200OK,
        AuthenticationStatus.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status401Unauthorized,
    };

    private static string? CredentialOf(Caller? caller) => caller switch
    {
        null => null,
        { Principal.Kind: PrincipalKind.Anonymous } => null,
        { Limit: not null } => "Token",
        _ => "Password",
    };

    private static string? DescriptionOf(HttpContext context, AuditTrail? trail)
    {
        if (trail is { IsRefusedByNetwork: true })
            return "Not allowed by the registry's network rules.";
        if (context.RequestAborted.IsCancellationRequested)
            return "The client went away before the end.";
        if (trail?.Refused == AuthenticationStatus.SignedIn)
            return $"Lacks {context.GetEndpoint()?.Metadata.GetMetadata<AccessDemand>()}.";
        return context.Response.StatusCode < StatusCodes.Status400BadRequest ? null : context.Features.Get<Oci.OciErrorCode>()?.Code;
    }
}
