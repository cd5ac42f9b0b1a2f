using System.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Manifests;
using Breakwater.Core.Policies;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Installation.TestInstallation;

namespace Breakwater.Core.Tests.Policies;

/// <summary>Every path that pushes, replaces or removes a signature, by who may sign, push or both.</summary>
public sealed class SigningTests : InstallationTest
{
    private const string SimpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json", InToto = "application/vnd.in-toto+json", Notation = "application/vnd.cncf.notary.signature";
    private static readonly string Tag = $"sha256-{new string('a', 64)}.sig";

    private static readonly Principal Somebody = new(Guid.NewGuid(), PrincipalKind.User, "somebody", 1);

    private Digest _config = null!, _payload = null!;

    private static Caller With(params RoleDefinition[] roles) =>
        new(Somebody, new PrincipalRights(Somebody.Id, [], roles.Select(role => new RoleAssignment(Guid.NewGuid(), Somebody.Id, role, RoleScope.Installation))));

    private static Caller Caller(string who) => who switch
    {
        "pusher" => With(BuiltInRoles.AcrPush, BuiltInRoles.AcrDelete),
        "signer" => With(BuiltInRoles.AcrPull, BuiltInRoles.AcrImageSigner),
        "signing deleter" => With(BuiltInRoles.AcrPull, BuiltInRoles.AcrDelete, BuiltInRoles.AcrImageSigner),
        "both" => With(BuiltInRoles.AcrPush, BuiltInRoles.AcrDelete, BuiltInRoles.AcrImageSigner),
        _ => With(BuiltInRoles.Owner),
    };

    private async Task PrepareAsync(bool required = true, bool attestations = false)
    {
        _config = await Here.PushAsync("a", Content(50, 1));
        _payload = await Here.PushAsync("a", Content(60, 2));
        await Here.PushImageAsync("a", "v1", seed: 3);
        await Here.SetPoliciesAsync(new RegistryPolicies { Signing = new SigningPolicy(required, attestations) });
    }

    private byte[] Manifest(string layerType, string? artifactType = null, string more = "") => Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}"{{(artifactType is null ? "" : $",\"artifactType\":\"{artifactType}\"")}},"config":{{Descriptor(MediaTypes.OciConfig, _config)}},"layers":[{{Descriptor(layerType, _payload)}}]{{more}}}""");

    private byte[] Body(string what) => what switch
    {
        "signature" => Manifest(SimpleSigning),
        "other signature" => Manifest(SimpleSigning, more: ",\"annotations\":{\"a\":\"b\"}"),
        "attestation" => Manifest(InToto),
        "disguised image" => Manifest(MediaTypes.OciLayerGzip, Notation),
        _ => Manifest(MediaTypes.OciLayerGzip),
    };

    private RepositoryAccess Access(string who, RepositoryActions demanded) => Here.At("a", Caller(who), demanded);

    private Task<PushedManifest> PutAsync(string who, string what, string? tag) => Here.Open.Manifests.PutAsync(
        Access(who, RepositoryActions.Upload), ManifestReference.Parse(tag ?? DigestOf(Body(what)).Value), [], Body(what), null);

    private async Task AssertAsync(RepositoryActions? lacking, Func<Task> action)
    {
        if (lacking is null)
        {
            await action();
            await Here.AssertSoundAsync();
            return;
        }
        var before = await Here.DumpAsync();
        Assert.Equal(lacking, (await Assert.ThrowsAsync<AccessDeniedException>(action)).Lacking);
        Assert.Equal(before, await Here.DumpAsync());
    }

    public static readonly TheoryData<string, string, string?, RepositoryActions?> Pushes = new()
    {
        { "pusher", "signature", null, RepositoryActions.Sign },
        { "pusher", "signature", "v1", RepositoryActions.Sign },
        { "pusher", "image", ".sig", RepositoryActions.Sign },
        { "pusher", "disguised image", "v1", RepositoryActions.Sign },
        { "pusher", "attestation", null, null },
        { "pusher", "image", "v1", null },
        { "owner", "signature", null, RepositoryActions.Sign },
        { "owner", "image", "v1", null },
        { "signer", "signature", null, null },
        { "signer", "signature", ".sig", null },
        { "signer", "signature", "v1", RepositoryActions.Push },
        { "signer", "signature", "new", RepositoryActions.Push },
        { "signer", "image", "v2", RepositoryActions.Push },
        { "signer", "image", ".sig", RepositoryActions.Push },
        { "signer", "disguised image", null, RepositoryActions.Push },
        { "signer", "attestation", null, RepositoryActions.Push },
        { "both", "signature", "v1", null },
        { "both", "image", ".sig", null },
        { "both", "disguised image", null, null },
    };

    [Theory]
    [MemberData(nameof(Pushes))]
    public async Task Put_WhereSigningIsRequired_AsksForIt(string who, string what, string? tag, RepositoryActions? lacking)
    {
        await PrepareAsync();
        await AssertAsync(lacking, () => PutAsync(who, what, tag == ".sig" ? Tag : tag));
    }

    [Theory]
    [InlineData("pusher", RepositoryActions.Sign)]
    [InlineData("signer", null)]
    public async Task Put_AttestationsIncluded_AsksForThemToo(string who, RepositoryActions? lacking)
    {
        await PrepareAsync(attestations: true);
        await AssertAsync(lacking, () => PutAsync(who, "attestation", null));
        await AssertAsync(lacking, () => PutAsync(who, "attestation", Tag.Replace(".sig", ".att", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Put_NotRequired_IsPushingOnly()
    {
        await PrepareAsync(required: false);
        foreach (var what in new[] { "signature", "attestation", "image", "disguised image" })
            await PutAsync("pusher", what, Tag);
        await Here.Open.Repositories.DeleteAsync(Access("pusher", RepositoryActions.Delete));
        Assert.Null(RepositoryAccess.Decide(Caller("signer"), Here.Open.Registries.First, RepositoryName.Parse("a"), RepositoryActions.Upload));
    }

    public static readonly TheoryData<string, string> Removals = new()
    {
        { "move", "pusher" }, { "untag", "pusher" }, { "delete manifest", "pusher" }, { "delete repository", "pusher" }, { "untag other", "pusher" },
        { "untag", "signing deleter" }, { "delete manifest", "signing deleter" }, { "delete repository", "signing deleter" }, { "untag other", "signing deleter" },
        { "move", "both" }, { "untag", "both" }, { "delete manifest", "both" }, { "delete repository", "both" },
    };

    [Theory]
    [MemberData(nameof(Removals))]
    public async Task Change_OfASignature_AsksForSigning(string operation, string who)
    {
        await PrepareAsync();
        await PutAsync("both", "signature", Tag);
        await PutAsync("both", "signature", "other");

        await AssertAsync(who == "pusher" ? RepositoryActions.Sign : null, () => RunAsync(operation, who));
    }

    [Theory]
    [InlineData("delete manifest")]
    [InlineData("delete repository")]
    [InlineData("untag")]
    public async Task Delete_TagThatClientsTakeForASignature_AsksForSigning(string operation)
    {
        await PrepareAsync(required: false);
        await Here.PutManifestAsync("a", Body("image"), Tag);
        await Here.SetPoliciesAsync(new RegistryPolicies { Signing = new SigningPolicy(true, false) });

        await AssertAsync(RepositoryActions.Sign, () => operation == "delete manifest"
            ? Here.Open.Manifests.DeleteAsync(Access("pusher", RepositoryActions.Delete), DigestOf(Body("image")))
            : RunAsync(operation, "pusher"));
    }

    [Fact]
    public async Task Delete_RepositoryWithoutSignatures_IsDone()
    {
        await PrepareAsync();
        await AssertAsync(null, () => RunAsync("delete repository", "pusher"));
    }

    private async Task RunAsync(string operation, string who)
    {
        var at = Access(who, RepositoryActions.Delete);
        switch (operation)
        {
            case "move": await PutAsync(who, "image", "other"); break;
            case "untag": await Here.Open.Tags.DeleteAsync(at, TagName.Parse(Tag)); break;
            case "untag other": await Here.Open.Tags.DeleteAsync(at, TagName.Parse("other")); break;
            case "delete manifest": await Here.Open.Manifests.DeleteAsync(at, DigestOf(Body("signature"))); break;
            case "delete repository": await Here.Open.Repositories.DeleteAsync(at); break;
            default: throw new ArgumentException(operation);
        }
    }

    [Fact]
    public async Task Signer_WithoutPush_SendsBlobsThatGoUnlessASignatureNeedsThem()
    {
        await PrepareAsync();
        var (used, loose) = (Content(500, 7), Content(600, 8));
        var signer = Access("signer", RepositoryActions.Upload | RepositoryActions.Pull);
        foreach (var content in new[] { used, loose })
        {
            var upload = await Here.Open.Uploads.StartAsync(signer, DigestAlgorithm.Sha256);
            await Here.Open.Uploads.CommitAsync(signer, upload.Id, DigestOf(content), null, TestInstallation.Body(content), Cancellation);
        }
        _payload = DigestOf(used);
        await PutAsync("signer", "signature", Tag);
        await Here.CleanUpAsync();

        Assert.NotNull(await Here.PullAsync("a", DigestOf(used)));
        Assert.Null(await Here.PullAsync("a", DigestOf(loose)));
        Assert.Throws<AccessDeniedException>(() => signer.Demand(RepositoryActions.Push));
    }

    [Fact]
    public async Task Open_ManifestsFromBeforeTheirKindWasNoted_AreClassified()
    {
        await PrepareAsync();
        await PutAsync("both", "signature", Tag);
        await Here.ExecuteAsync("UPDATE manifest SET signature_kind = NULL");

        await Here.ReopenAsync();

        Assert.Equal(0, await Here.QueryAsync<long>("SELECT COUNT(*) FROM manifest WHERE signature_kind IS NULL"));
        await AssertAsync(RepositoryActions.Sign, () => RunAsync("delete manifest", "pusher"));
        Assert.True(Here.Open.Registries.First.Policies.Signing.Required);
    }
}
