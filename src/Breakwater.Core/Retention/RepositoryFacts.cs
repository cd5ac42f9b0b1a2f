using System.Data.Common;
using Breakwater.Core.Repositories;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Retention;

/// <summary>All that is asked about a repository, as it stood when it was read. Everything is asked again in the transaction that removes something.</summary>
/// <param name="Children">Children by the index that names them.</param>
/// <param name="SigningTags">Tags of which <see cref="ManifestHolders.HasLivingSubject"/> says yes.</param>
internal sealed record RepositoryFacts(
    Repository Repository, IReadOnlyList<TagFact> Tags, IReadOnlyDictionary<string, ManifestFact> Manifests, ILookup<string, string> Children, IReadOnlySet<string> SigningTags)
{
    /// <param name="isMeant">Only of these tags is asked whether they belong to something.</param>
    public static async Task<RepositoryFacts> ReadAsync(DbConnection db, Repository repository, Func<TagFact, bool> isMeant)
    {
        var key = new { repository.Id };
        var tags = (await db.QueryAsync<TagFact>($"SELECT name, manifest_digest AS digest, updated_at, {LastUse.OfTag} AS used_at, {ItemLockColumns.Value} AS locks FROM tag t WHERE repository_id = @Id", key)).AsList();
        var manifests = await db.QueryAsync<ManifestFact>(
            $"SELECT digest, subject, updated_at, {LastUse.OfManifest} AS used_at, {ItemLockColumns.Value} AS locks, COALESCE(signature_kind, 0) AS signature_kind FROM manifest m WHERE repository_id = @Id", key);
        var children = await db.QueryAsync<(string Index, string Child)>("SELECT manifest_digest, target FROM manifest_edge WHERE repository_id = @Id AND kind = 2", key);
        var signing = tags.Where(tag => SignatureTags.SubjectOf(TagName.Parse(tag.Name)) is not null && isMeant(tag) && ManifestHolders.HasLivingSubject(db, repository, tag.Name));
        return new RepositoryFacts(repository, tags, manifests.ToDictionary(manifest => manifest.Digest), children.ToLookup(edge => edge.Index, edge => edge.Child), signing.Select(tag => tag.Name).ToHashSet());
    }

    /// <summary>As it would be without some of its tags.</summary>
    public RepositoryFacts Without(IEnumerable<PurgedItem> removed)
    {
        var gone = removed.Select(item => item.Tag).ToHashSet();
        return this with { Tags = [.. Tags.Where(tag => !gone.Contains(tag.Name))] };
    }
}
