using System.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Policies;
using Breakwater.Core.Registries;
using Breakwater.Core.Retention;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Retention;

/// <summary>Images, indexes and what refers to them, and rules that remove them.</summary>
public abstract class RetentionTest : InstallationTest
{
    protected const string Notation = "application/vnd.cncf.notary.signature";

    internal Registry Registry => Here.Open.Registries.First;

    internal ManagementAccess Managing => ManagementAccess.Decide(Here.Caller, Registry, ManagementActions.PurgeArtifacts)!;

    internal static byte[] IndexOf(IEnumerable<Digest> children, Digest? subject = null, string mediaType = MediaTypes.OciIndex) => Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{mediaType}}","manifests":[{{string.Join(',', children.Select(child => Descriptor(MediaTypes.OciManifest, child)))}}]{{(subject is null ? "" : $",\"subject\":{Descriptor(MediaTypes.OciManifest, subject)}")}}}""");

    internal Task<Digest> PutIndexAsync(string? tag, params Digest[] children) => Here.PutManifestAsync("a", IndexOf(children), tag);

    /// <summary>What refers to a manifest.</summary>
    internal async Task<Digest> ReferAsync(Digest subject, string? tag = null, int seed = 40, bool isSignature = false, string repository = "a")
    {
        var config = await Here.PushAsync(repository, Content(20, seed));
        var type = isSignature ? $",\"artifactType\":\"{Notation}\"" : "";
        return await Here.PutManifestAsync(repository, ManifestOf([config, config], $"{type},\"subject\":{Descriptor(MediaTypes.OciManifest, subject)}"), tag);
    }

    internal Task UntagAsync(string tag, string repository = "a") => Here.Open.Tags.DeleteAsync(Here.At(repository), TagName.Parse(tag));

    internal async Task<bool> IsThereAsync(Digest digest, string repository = "a") =>
        await Here.QueryAsync<long>("SELECT COUNT(*) FROM manifest m JOIN repository r ON r.id = m.repository_id WHERE r.name = @repository AND m.digest = @digest", new { repository, digest }) == 1;

    /// <summary>Sets the policies where tests and where the product's own work look.</summary>
    internal async Task SetPoliciesAsync(RegistryPolicies policies)
    {
        await Here.SetPoliciesAsync(policies);
        Here.Open.Registries.Put(Registry with { Policies = policies });
    }

    internal Task EnableAsync(int days = 7) => SetPoliciesAsync(Registry.Policies with { Retention = new RetentionChange(Enabled: true, days).Apply(Registry.Policies.Retention, Here.Clock.GetUtcNow()) });

    internal async Task<List<PurgedItem>> RunRetentionAsync()
    {
        var removed = new List<PurgedItem>();
        var count = await Here.Open.Retention.RunAsync(
            (registry, item) =>
            {
                Assert.Equal(Registry.Id, registry.Id);
                removed.Add(item);
                return ValueTask.CompletedTask;
            },
            Cancellation);
        Assert.Equal(count, removed.Count);
        await Here.AssertSoundAsync();
        return removed;
    }
}
