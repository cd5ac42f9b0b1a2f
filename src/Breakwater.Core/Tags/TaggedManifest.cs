using Breakwater.Core.Repositories;
using Breakwater.Core.Usage;
using Breakwater.Oci;

namespace Breakwater.Core.Tags;

/// <summary>What a tag means, as the pull path keeps it in memory.</summary>
internal sealed record TaggedManifest(Digest Digest, ItemLocks Locks, TagPulls Pulls);
