using Breakwater.Core.Access;
using Breakwater.Core.Access.Decisions;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Core.Tokens;

namespace Breakwater.Server.Access;

/// <summary>What an endpoint demands of its caller. Every endpoint has exactly one; the gate lets nobody to an endpoint without.</summary>
internal abstract class AccessDemand
{
    /// <summary>Decides, and leaves the proof in <paramref name="feature"/>; false when the right is lacking.</summary>
    public abstract bool TryAdmit(HttpContext context, Caller caller, Registry registry, AccessFeature feature);

    /// <summary>What a token must be for, as the challenge and the body name it. Null: any token does.</summary>
    public abstract DemandedScope? ScopeFor(HttpContext context);

    /// <summary>What a Bearer token of the built-in issuer must be for. Null: only registry tokens count here.</summary>
    public virtual DirectoryAudience? Audience => null;

    /// <summary>Whether it opens a registry's content, or tokens for that: then the registry's network rules hold at every host. Default: unless it is of the management plane.</summary>
    public virtual bool IsOfRegistry => Audience is null;

    /// <summary>What a request counts as against the limits of the registry's tier. Nothing: managing is not limited.</summary>
    public virtual RequestKind KindOf(string method) => RequestKind.None;

    /// <summary>Whether it is about content: closed, also where nothing is decrypted, while the registry's key may not be used.</summary>
    public virtual bool IsForContent => false;

    /// <summary>What <see cref="TryAdmit"/> decides, to be explained; null when nothing is decided.</summary>
    public virtual AccessQuestion? QuestionOf(HttpContext context, Caller caller, Registry registry) => null;

    /// <summary>One line of the route table.</summary>
    public abstract override string ToString();
}
