namespace Breakwater.Core.Access;

/// <summary>Who asks. An immutable snapshot of a directory entry.</summary>
/// <param name="Id">Random, never reused.</param>
/// <param name="Version">Raised by every change that must end open sessions and tokens.</param>
/// <param name="Disabled">A disabled principal is granted nothing, whatever its roles say.</param>
/// <param name="RegistryId">The only registry that knows it: of an admin user or a token; null: it is in the directory.</param>
public sealed record Principal(Guid Id, PrincipalKind Kind, string Name, int Version, bool Disabled = false, Guid? RegistryId = null)
{
    /// <summary>Whether it can sign in there at all.</summary>
    public bool IsKnownIn(Guid registryId) => RegistryId is not { } only || only == registryId;
}
