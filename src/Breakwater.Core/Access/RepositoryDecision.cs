using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>What <see cref="AccessDecider"/> granted.</summary>
internal readonly record struct RepositoryDecision(Principal Principal, Registry Registry, RepositoryName Repository, RepositoryActions Granted);
