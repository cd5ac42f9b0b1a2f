namespace Breakwater.Core.Audit;

/// <summary>Azure Container Registry's two categories of resource logs, and one for what Azure keeps in its activity log.</summary>
public enum AuditCategory
{
    /// <summary><c>ContainerRegistryLoginEvents</c></summary>
    Login = 0,

    /// <summary><c>ContainerRegistryRepositoryEvents</c></summary>
    Repository = 1,

    /// <summary><c>ContainerRegistryAdministrationEvents</c>: rights, settings, users. Not one of ACR's.</summary>
    Administration = 2,
}
