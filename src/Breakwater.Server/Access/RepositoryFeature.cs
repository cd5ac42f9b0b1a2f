using Breakwater.Oci;

namespace Breakwater.Server.Access;

internal sealed record RepositoryFeature(RepositoryName Name) : IRepositoryFeature;
