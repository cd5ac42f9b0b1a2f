namespace Breakwater.Core.Registries;

/// <summary>A managed identity that a registry was given. Nothing acts under it: key stores are reached with the operator's credentials.</summary>
/// <param name="ResourceId">As ARM names it.</param>
/// <param name="PrincipalId">Whom it meant when it was given: an identity that is made again under the name is another one. Null: it was given before anybody looked.</param>
public sealed record AssignedIdentity(string ResourceId, Guid? PrincipalId)
{
    // In resource ids that are checked there is none.
    private const char Separator = '\t';

    /// <summary>A line of <c>registry.identities</c>: the resource id, and behind a tab the principal's.</summary>
    internal string Line => PrincipalId is { } id ? $"{ResourceId}{Separator}{id:N}" : ResourceId;

    internal static AssignedIdentity Read(string line) =>
        line.Split(Separator) is [var resource, var id] && Guid.TryParseExact(id, "N", out var principal) ? new(resource, principal) : new(line, null);

    public bool Is(string resourceId) => ResourceId.Equals(resourceId, StringComparison.OrdinalIgnoreCase);
}
