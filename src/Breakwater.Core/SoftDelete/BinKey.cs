using Breakwater.Core.Repositories;

namespace Breakwater.Core.SoftDelete;

/// <summary>Where an item stands in the recycle bin, as parameters of its statements.</summary>
/// <param name="Id">Of the repository that is there now, for statements that move something out of it or into it.</param>
/// <param name="Repository">Its name, by which the bin goes.</param>
internal sealed record BinKey(Guid RegistryId, Guid Id, string Repository, string Digest)
{
    /// <summary>The condition that finds the row of a manifest.</summary>
    public const string OfManifest = "registry_id = @RegistryId AND repository = @Repository AND digest = @Digest";

    /// <summary>The condition that finds its edges.</summary>
    public const string OfEdges = "registry_id = @RegistryId AND repository = @Repository AND manifest_digest = @Digest";

    public static BinKey Of(Repository repository, string digest) => new(repository.RegistryId, repository.Id, repository.Name.Value, digest);
}
