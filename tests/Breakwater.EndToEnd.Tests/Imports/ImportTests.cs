using Breakwater.EndToEnd.Tests.Clients;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;
using static Breakwater.EndToEnd.Tests.Imports.ImportCalls;

namespace Breakwater.EndToEnd.Tests.Imports;

/// <summary>From another installation, over TLS with its local authority.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private static readonly object Credentials = new { username = ServerProcess.OwnerName, password = ServerProcess.OwnerPassword };

    private readonly RandomContent content = new(TestSettings.Seed + 31);
    private ManagedRegistry source = null!, target = null!;

    public async ValueTask InitializeAsync()
    {
        source = await ManagedRegistry.StartAsync();
        target = await ManagedRegistry.StartAsync("--import-allow", "127.0.0.0/8", "--import-ca", source.Server.CertificateFile);
    }

    [Fact]
    public async Task Import_IndexWithChildren_ArrivesWholeAndMovesTagsByForceOnly()
    {
        var (one, two) = (TestManifest.RandomImage(content), TestManifest.RandomImage(content, layerSizeBytes: 3 << 20));
        var index = TestManifest.Index([one, two]);
        foreach (var image in new[] { one, two })
            Assert.Equal(201, (await source.Owner.PushAsync("team/app", image.Digest, image)).Code);
        Assert.Equal(201, (await source.Owner.PutManifestAsync("team/app", "v1", index)).Code);

        var done = await target.ImportAsync(From(source.Server.HttpsAuthority, "team/app:v1", "labs/payments-api:1.0.0", Credentials));

        Assert.True(done.Code == 200, done.ToString());
        Assert.Equal("Succeeded", (string?)done.Json!["status"]);
        Assert.Equal(index.Body, (await target.Owner.GetManifestAsync("labs/payments-api", "1.0.0")).Body);
        foreach (var image in new[] { one, two })
        {
            Assert.Equal(image.Body, (await target.Owner.GetManifestAsync("labs/payments-api", image.Digest)).Body);
            foreach (var blob in image.Blobs)
                Assert.Equal(blob.Content, (await target.Owner.GetBlobAsync("labs/payments-api", blob.Digest)).Body);
        }
        await ForceAsync(index.Digest);
    }

    private async Task ForceAsync(string before)
    {
        var other = TestManifest.RandomImage(content);
        Assert.Equal(201, (await source.Owner.PushAsync("team/app", "v2", other)).Code);
        var refused = await target.ImportAsync(From(source.Server.HttpsAuthority, "team/app:v2", "labs/payments-api:1.0.0", Credentials));
        Assert.Equal((409, "Conflict"), (refused.Code, refused.ArmCode()));
        Assert.Matches($"^Operation registries-[0-9a-f-]+ failed. Resource {target.Id} Tag labs/payments-api:1.0.0 already exists in target registry.$", refused.ArmMessage());
        Assert.Equal(before, (await target.Owner.HeadManifestAsync("labs/payments-api", "1.0.0")).Digest);

        Assert.Equal(200, (await target.ImportAsync(From(source.Server.HttpsAuthority, "team/app:v2", "labs/payments-api:1.0.0", Credentials, "Force"))).Code);
        Assert.Equal(other.Digest, (await target.Owner.HeadManifestAsync("labs/payments-api", "1.0.0")).Digest);
    }

    [Fact]
    public async Task Import_Referrers_ComeWhereTheyAreAskedFor()
    {
        var image = TestManifest.RandomImage(content);
        var signature = TestManifest.RandomImage(content, subject: image.Descriptor, artifactType: "application/vnd.example.signature");
        var cosign = TestManifest.RandomImage(content);
        var tag = $"{image.Digest.Replace(':', '-')}.sig";
        Assert.Equal(201, (await source.Owner.PushAsync("signed", "v1", image)).Code);
        Assert.Equal(201, (await source.Owner.PushAsync("signed", signature.Digest, signature)).Code);
        Assert.Equal(201, (await source.Owner.PushAsync("signed", tag, cosign)).Code);

        Assert.Equal(200, (await target.ImportAsync(From(source.Server.HttpsAuthority, "signed:v1", "bare:v1", Credentials))).Code);
        Assert.Empty(await target.Owner.ReferrersAsync("bare", image.Digest));
        Assert.Equal(200, (await target.ImportAsync(From(source.Server.HttpsAuthority, "signed:v1", "whole:v1", Credentials, includeReferrers: true))).Code);
        Assert.Equal([signature.Digest], await target.Owner.ReferrersAsync("whole", image.Digest));
        Assert.Equal(cosign.Digest, (await target.Owner.HeadManifestAsync("whole", tag)).Digest);
    }

    [Fact]
    public async Task Import_WrongOrNoCredentials_IsRefusedAndTheyAreRecordedNowhere()
    {
        Assert.Equal(201, (await source.Owner.PushAsync("closed", "v1", TestManifest.RandomImage(content))).Code);
        const string Wrong = "not-the-password-of-anybody";

        foreach (var credentials in new object?[] { null, new { username = ServerProcess.OwnerName, password = Wrong } })
        {
            var refused = await target.ImportAsync(From(source.Server.HttpsAuthority, "closed:v1", "a:v1", credentials));
            Assert.Equal((400, "ImportSourceUnauthorized"), (refused.Code, refused.ArmCode()));
        }
        Assert.Equal(200, (await target.ImportAsync(From(source.Server.HttpsAuthority, "closed:v1", "a:v1", Credentials))).Code);
        var audit = (await target.Owner.GetAsync($"{target.Id}/auditEvents{ManagedRegistry.Version}")).Text;
        Assert.Contains($"Imported from {source.Server.HttpsAuthority}/closed:v1", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerProcess.OwnerPassword, audit, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, target.Server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WhatTheSourceLacks_IsNotFoundAndMakesNoRepository()
    {
        var missing = await target.ImportAsync(From(source.Server.HttpsAuthority, "nothing/here:v1", "b:v1", Credentials));
        Assert.Equal((404, "ImportSourceNotFound"), (missing.Code, missing.ArmCode()));
        Assert.Empty(await target.Owner.TagsAsync("b"));
    }

    [Fact]
    public async Task Import_PrivateAddress_IsRefusedWhereNoSettingAllowsIt()
    {
        var refused = await source.ImportAsync(From(target.Server.HttpsAuthority, "a:v1", "a:v1", Credentials));
        Assert.Equal((400, "ImportSourceUnreachable"), (refused.Code, refused.ArmCode()));
        Assert.Contains("--import-allow", refused.ArmMessage(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var registry in new[] { source, target })
        {
            if (registry is not null)
                await registry.DisposeAsync();
        }
    }
}
