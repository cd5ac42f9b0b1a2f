using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary>What a token was issued for, in one repository.</summary>
public sealed record TokenGrant(RepositoryName Repository, RepositoryActions Actions);
