using System.Net.Http.Headers;
using System.Text;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Clients;

/// <summary>Signatures as cosign and notation push and remove them, on a server that asks for the right to sign.</summary>
public sealed class SigningTests : IAsyncLifetime
{
    private const string Repository = "team/app", Password = "a password of theirs";
    private const string Pull = "7f951dda-4ed3-4680-a7ca-43fe172d538d", Push = "8311e382-0749-4cb8-b61a-304f252e45ec", Delete = "c2f4ef07-c644-48eb-af81-4b1b4947fb11", Sign = "6cef56e8-d556-48e5-a04f-b8e64114680f";

    private readonly RandomContent content = new(TestSettings.Seed + 7);
    private ManagedRegistry registry = null!;
    private TestManifest image = null!;

    public async ValueTask InitializeAsync()
    {
        registry = await ManagedRegistry.StartAsync();
        image = TestManifest.RandomImage(content);
        Assert.Equal(201, (await registry.Owner.PushAsync(Repository, "v1", image)).Code);
        await registry.ManageAsync("PATCH", registry.Id + ManagedRegistry.Version, new { properties = new { policies = new { signingPolicy = new { status = "enabled" } } } });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signatures_PushedReplacedAndDeleted_NeedTheRight(bool bearer)
    {
        using var signer = await SignInAsync("signer", bearer, Pull, Sign);
        using var pusher = await SignInAsync("pusher", bearer, Push, Delete);
        using var both = await SignInAsync("both", bearer, Push, Delete, Sign);
        var tag = image.Digest.Replace(':', '-') + ".sig";

        Assert.Equal(403, (await PushAsync(pusher, Signature(1), tag)).Code);
        Assert.Equal(201, (await PushAsync(signer, Signature(1), tag)).Code);
        Assert.Equal(201, (await PushAsync(signer, Signature(2), tag)).Code);
        Assert.Equal(201, (await PushAsync(signer, Signature(3), null)).Code);
        Assert.Equal(403, (await PushAsync(signer, Signature(3), "v1")).Code);
        Assert.Equal(403, (await signer.PushAsync(Repository, "v2", TestManifest.RandomImage(content))).Code);
        Assert.Equal(201, (await pusher.PushAsync(Repository, "v2", TestManifest.RandomImage(content))).Code);

        var signature = (await signer.HeadManifestAsync(Repository, tag)).Digest!;
        foreach (var path in new[] { $"/v2/{Repository}/manifests/{tag}", $"/v2/{Repository}/manifests/{signature}", $"/acr/v1/{Repository}/_tags/{tag}", $"/acr/v1/{Repository}" })
        {
            var refused = await pusher.DeleteAsync(path);
            Assert.True(refused.Code == 403, $"{path}: {refused.Code}");
            Assert.Contains("AcrImageSigner", refused.Text, StringComparison.Ordinal);
            var told = await pusher.GetAsync($"/decisions/{refused.Header("X-Breakwater-Decision")}");
            Assert.Equal("AcrImageSigner", (string)told.Json!["explanation"]!["wouldAllow"]![0]!);
        }
        foreach (var path in new[] { $"/acr/v1/{Repository}/_tags/{tag}", $"/v2/{Repository}/manifests/{signature}", $"/acr/v1/{Repository}" })
            Assert.Equal(202, (await both.DeleteAsync(path)).Code);
    }

    private async Task<RegistryReply> PushAsync(RegistryClient client, (TestBlob Config, TestBlob Payload, byte[] Body) signature, string? tag)
    {
        foreach (var blob in new[] { signature.Config, signature.Payload })
            Assert.Equal(201, (await client.PushBlobAsync(Repository, blob)).Code);
        var digest = TestBlob.Sha256(signature.Body);
        return await client.SendAsync(HttpMethod.Put, ManifestCalls.ManifestPath(Repository, tag ?? digest), signature.Body, MediaType.OciManifest);
    }

    private (TestBlob Config, TestBlob Payload, byte[] Body) Signature(int number)
    {
        var (config, payload) = (content.Blob(40), content.Blob(200));
        string Descriptor(string type, TestBlob blob) => $$"""{"mediaType":"{{type}}","digest":"{{blob.Digest}}","size":{{blob.Content.Length}}}""";
        return (config, payload, Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}","config":{{Descriptor("application/vnd.oci.image.config.v1+json", config)}},"layers":[{{Descriptor("application/vnd.dev.cosign.simplesigning.v1+json", payload)}}],"annotations":{"number":"{{number}}"} }"""));
    }

    private async Task<RegistryClient> SignInAsync(string name, bool bearer, params string[] roles)
    {
        var user = await registry.ManageAsync("POST", "/graph/v1.0/users", new { userPrincipalName = name, displayName = name, accountEnabled = true, mailNickname = name, passwordProfile = new { password = Password } });
        foreach (var role in roles)
            await registry.AssignAsync((string)user["id"]!, role);
        var client = new RegistryClient(registry.Owner.Address, name, Password);
        if (bearer)
        {
            var answer = await client.GetAsync($"/oauth2/token?service={registry.Owner.Address.Authority}&scope=repository:{Repository}:pull,push,delete");
            client.Authorization = new AuthenticationHeaderValue("Bearer", (string)answer.Json!["access_token"]!);
        }
        return client;
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();
}
