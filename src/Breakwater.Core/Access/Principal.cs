namespace Breakwater.Core.Access;

/// <summary>Who asks. An immutable snapshot of a directory entry.</summary>
/// <param name="Id">Random, never reused.</param>
/// <param name="Version">Raised by every change that must end open sessions and tokens.</param>
/// <param name="Disabled">A disabled principal is granted nothing, whatever its roles say.</param>
public sealed record Principal(Guid Id, PrincipalKind Kind, string Name, int Version, bool Disabled = false);
