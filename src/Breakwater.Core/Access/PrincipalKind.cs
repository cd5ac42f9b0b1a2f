namespace Breakwater.Core.Access;

public enum PrincipalKind
{
    /// <summary>A person.</summary>
    User = 0,

    /// <summary>An application that signs in by itself.</summary>
    ServicePrincipal = 1,
}
