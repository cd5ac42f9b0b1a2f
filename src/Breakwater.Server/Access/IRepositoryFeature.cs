using Breakwater.Oci;

namespace Breakwater.Server.Access;

/// <summary>The repository that the request's path names: decoded, validated, and the only name that anything later may use.</summary>
internal interface IRepositoryFeature
{
    RepositoryName Name { get; }
}
