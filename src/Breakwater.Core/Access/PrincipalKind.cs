namespace Breakwater.Core.Access;

public enum PrincipalKind
{
    /// <summary>A person.</summary>
    User = 0,

    /// <summary>An application that signs in by itself.</summary>
    ServicePrincipal = 1,

    /// <summary>The one admin user of a registry, whose id is the registry's.</summary>
    Admin = 2,

    /// <summary>A repository-scoped token.</summary>
    RegistryToken = 3,

    /// <summary>Whoever does not sign in.</summary>
    Anonymous = 4,
}
