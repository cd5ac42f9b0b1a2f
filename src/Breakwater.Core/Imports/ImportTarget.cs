using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>A repository that an image arrives in.</summary>
/// <param name="Tags">Empty: by its digest only.</param>
public sealed record ImportTarget(RepositoryName Repository, IReadOnlyList<TagName> Tags);
