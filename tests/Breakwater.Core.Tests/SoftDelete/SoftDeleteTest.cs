using Breakwater.Core.Access;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Breakwater.Core.Retention;
using Breakwater.Core.SoftDelete;
using Breakwater.Core.Tests.Retention;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.SoftDelete;

/// <summary>A registry whose soft delete policy is enabled, and what is in its recycle bin.</summary>
public abstract class SoftDeleteTest : RetentionTest
{
    protected static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private protected Task SetSoftDeleteAsync(bool enabled = true, int days = 7) => SetPoliciesAsync(Registry.Policies with { SoftDelete = new SoftDeletePolicy(enabled, days) });

    private protected static TagName Tag(string name) => TagName.Parse(name);

    private protected Task<bool> DeleteAsync(Digest digest, string repository = "a") => Here.Open.Manifests.DeleteAsync(Here.At(repository), digest);

    private protected Task<RestoredManifest?> RestoreAsync(Digest digest, string? tag = null, bool force = false, string repository = "a") =>
        Here.Open.Restore.RestoreAsync(Here.At(repository), digest, tag is null ? null : Tag(tag), force);

    private protected async Task<IReadOnlyList<string>> BinAsync(string repository = "a") =>
        [.. (await Here.Open.Deleted.ListManifestsAsync(Here.At(repository), null, 100)).Items.Select(item => item.Digest)];

    /// <summary>As <c>TAG SHA</c>, where SHA is the beginning of the digest.</summary>
    private protected async Task<IReadOnlyList<string>> BinTagsAsync(string repository = "a") =>
        [.. (await Here.Open.Deleted.ListTagsAsync(Here.At(repository), new DeletedTagQuery(null, null, 100))).Items.Select(item => Named(item.Name, Digest.Parse(item.Digest)))];

    private protected static string Named(string tag, Digest digest) => $"{tag} {digest.Value[..15]}";

    private protected async Task<IReadOnlyList<string>> DeletedRepositoriesAsync() => Installation.TestInstallation.NamesOf(
        await Here.Open.Deleted.ListRepositoriesAsync(RegistryAccess.Decide(Here.Caller, Registry, RegistryActions.DeletedCatalog)!, null, 100));

    private protected async Task<byte[]?> FindAsync(string reference, string repository = "a") =>
        (await Here.Open.Manifests.FindAsync(Here.At(repository), ManifestReference.Parse(reference)))?.Body.ToArray();

    private protected async Task<List<PurgedItem>> ExpireAsync()
    {
        var removed = new List<PurgedItem>();
        Assert.Equal(await Here.Open.BinExpiry.RunAsync((_, item) => { removed.Add(item); return ValueTask.CompletedTask; }, Cancellation), removed.Count);
        await Here.AssertSoundAsync();
        return removed;
    }

    private protected Task<long> SizeAsync() => Here.QueryAsync<long>("SELECT size_bytes FROM registry");
}
