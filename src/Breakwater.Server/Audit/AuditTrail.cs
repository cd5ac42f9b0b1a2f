using Breakwater.Core.Access;
using Breakwater.Core.Tokens;
using Breakwater.Server.Access;

namespace Breakwater.Server.Audit;

/// <summary>What a request leaves for its audit record beyond what its answer shows. A pull with remembered credentials leaves none.</summary>
internal sealed class AuditTrail
{
    /// <summary>Credentials that were looked at now, and not remembered from a moment ago.</summary>
    public AuthenticationStatus? SignIn { get; private set; }

    /// <summary>The name that was sent with a password, known or not.</summary>
    public string? AttemptedName { get; private set; }

    public Caller? Caller { get; private set; }

    public string? JwtId { get; private set; }

    /// <summary>How large the pushed blob is.</summary>
    public long? SizeBytes { get; set; }

    /// <summary>Of the pushed manifest.</summary>
    public string? ArtifactType { get; set; }

    /// <summary>A change of the management plane that began.</summary>
    public StartedChange? Change { get; set; }

    /// <summary>Set when the gate refused.</summary>
    public AuthenticationStatus? Refused { get; private set; }

    /// <summary>The registry's network rules refused it.</summary>
    public bool IsRefusedByNetwork { get; private set; }

    public static AuditTrail Of(HttpContext context)
    {
        if (context.Features.Get<AuditTrail>() is not { } trail)
            context.Features.Set(trail = new AuditTrail());
        return trail;
    }

    /// <param name="name">Null for a token.</param>
    public Authentication NoteSignIn(Authentication authentication, string? name, string? token = null)
    {
        (SignIn, AttemptedName, Caller) = (authentication.Status, name, authentication.Caller);
        // Of a token that is not ours nothing is believed.
        JwtId = token is not null && authentication.Caller is not null ? Audit.JwtId.Read(token) : null;
        return authentication;
    }

    public void NoteRefusal(Authentication authentication) => (Refused, Caller) = (authentication.Status, authentication.Caller ?? Caller);

    public void NoteNetworkRefusal() => IsRefusedByNetwork = true;

    public IssuedToken NoteToken(Caller caller, IssuedToken token)
    {
        (Caller, JwtId) = (caller, Audit.JwtId.Read(token.Text));
        return token;
    }
}
