using Breakwater.Core.Access;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>What a signed address opens: to whom it was given, with that principal's rights of today.</summary>
public sealed record OpenedAddress(Caller Caller, RepositoryAccess Access, Digest Digest, DateTimeOffset ExpiresAt);
