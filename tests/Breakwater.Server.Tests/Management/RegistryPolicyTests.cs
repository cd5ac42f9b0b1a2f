using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

/// <summary>A registry's policies as ARM's tools set them, and what opens by them at the gate.</summary>
public sealed class RegistryPolicyTests(AccessHost host) : ManagementTest(host)
{
    private async Task<JsonNode> PatchAsync(object properties, HttpStatusCode expected = HttpStatusCode.OK) => (await CallAsync(expected, "PATCH", Registry + Version, new { properties }))!;

    private async Task<AuthenticationHeaderValue> TokenAsync(string scope, AuthenticationHeaderValue? authorization)
    {
        using var response = await Host.SendAsync("GET", $"/oauth2/token?service={Host.Authority}&scope={scope}", authorization);
        return new("Bearer", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["access_token"]!);
    }

    [Fact]
    public async Task Policies_SetOneByOne_KeepTheOthers()
    {
        await PatchAsync(new { policies = new { signingPolicy = new { status = "enabled", includeAttestations = true } } });
        await PatchAsync(new { policies = new { tagImmutabilityPolicy = new { rules = new[] { new { repositoryPattern = "team/*", tagPattern = "v*" } } } } });
        var shown = (await PatchAsync(new { anonymousPullRepositories = new[] { "public/*" } }))["properties"]!;

        Assert.StartsWith("""{"signingPolicy":{"status":"enabled","includeAttestations":true},"tagImmutabilityPolicy":{"rules":[{"repositoryPattern":"team/*","tagPattern":"v*"}]},"azureADAuthenticationAsArmPolicy":{"status":"enabled"},""", shown["policies"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("""["public/*"]""", shown["anonymousPullRepositories"]!.ToJsonString());
        Assert.Equal(shown.ToJsonString(), (await CallAsync(HttpStatusCode.OK, "GET", Registry + Version))!["properties"]!.ToJsonString());
        await PatchAsync(new { anonymousPullRepositories = Array.Empty<string>(), policies = new { signingPolicy = new { status = "disabled" }, tagImmutabilityPolicy = new { rules = Array.Empty<object>() } } });
    }

    [Fact]
    public async Task RetentionPolicy_Changed_IsShownWithTheTimeOfItsChange()
    {
        Assert.Equal("disabled", (string?)(await CallAsync(HttpStatusCode.OK, "GET", Registry + Version))!["properties"]!["policies"]!["retentionPolicy"]!["status"]);

        var before = DateTimeOffset.UtcNow;
        var enabled = (await PatchAsync(new { policies = new { retentionPolicy = new { status = "enabled", days = 0 } } }))["properties"]!["policies"]!["retentionPolicy"]!;
        Assert.Equal("enabled", (string?)enabled["status"]);
        Assert.Equal(0, (int)enabled["days"]!);
        Assert.InRange((DateTimeOffset)enabled["lastUpdatedTime"]!, before, DateTimeOffset.UtcNow);

        // What was read may be sent back.
        var same = (await PatchAsync(new { policies = new { retentionPolicy = enabled } }))["properties"]!["policies"]!["retentionPolicy"]!;
        Assert.Equal(enabled.ToJsonString(), same.ToJsonString());
        var days = (await PatchAsync(new { policies = new { retentionPolicy = new { days = 365 } } }))["properties"]!["policies"]!["retentionPolicy"]!;
        Assert.Equal("enabled", (string?)days["status"]);
        Assert.Equal(365, (int)days["days"]!);
        await PatchAsync(new { policies = new { retentionPolicy = new { status = "disabled", days = 7 } } });
    }

    [Fact]
    public async Task SoftDeletePolicy_Changed_IsShownWithTheTimeOfItsChange()
    {
        var before = DateTimeOffset.UtcNow;
        var enabled = (await PatchAsync(new { policies = new { softDeletePolicy = new { status = "enabled" } } }))["properties"]!["policies"]!["softDeletePolicy"]!;
        Assert.Equal(("enabled", 7), ((string?)enabled["status"], (int)enabled["retentionDays"]!));
        var days = (await PatchAsync(new { policies = new { softDeletePolicy = new { retentionDays = 90 } } }))["properties"]!["policies"]!["softDeletePolicy"]!;
        Assert.Equal(("enabled", 90), ((string?)days["status"], (int)days["retentionDays"]!));
        Assert.InRange((DateTimeOffset)days["lastUpdatedTime"]!, before, DateTimeOffset.UtcNow);

        // What was read may be sent back.
        Assert.Equal(days.ToJsonString(), (await PatchAsync(new { policies = new { softDeletePolicy = days } }))["properties"]!["policies"]!["softDeletePolicy"]!.ToJsonString());
        await PatchAsync(new { policies = new { softDeletePolicy = new { status = "disabled", retentionDays = 7 } } });
    }

    [Theory]
    [InlineData("enabled", 0)]
    [InlineData("enabled", 91)]
    [InlineData("enabled", -1)]
    [InlineData("on", 7)]
    public async Task SoftDeletePolicy_ThatCannotBeMeant_IsRefused(string status, int retentionDays) =>
        await PatchAsync(new { policies = new { softDeletePolicy = new { status, retentionDays } } }, HttpStatusCode.BadRequest);

    [Fact]
    public async Task Policies_ThatCannotBeMeant_AreRefused()
    {
        await PatchAsync(new { policies = new { signingPolicy = new { status = "on" } } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { policies = new { signingPolicy = new { includeAttestations = true } } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { policies = new { retentionPolicy = new { days = 366 } } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { policies = new { retentionPolicy = new { days = -1 } } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { policies = new { retentionPolicy = new { status = "on" } } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { policies = new { tagImmutabilityPolicy = new { rules = new[] { new { repositoryPattern = "team/*" } } } } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { policies = new { tagImmutabilityPolicy = new { rules = Enumerable.Repeat(new { repositoryPattern = "*", tagPattern = "*" }, 101) } } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { anonymousPullRepositories = new[] { "pub*" } }, HttpStatusCode.BadRequest);
        await PatchAsync(new { anonymousPullRepositories = new string?[] { null } }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Signer_WithoutPush_ComesThroughTheGateWhileSignaturesNeedSigning()
    {
        var sid = await CreateUserAsync("sid");
        await AssignAsync(sid, "AcrPull");
        await AssignAsync(sid, "AcrImageSigner");
        const string Upload = "/v2/team/app/blobs/uploads/?from=team/app";
        async Task AssertAsync(HttpStatusCode password, HttpStatusCode bearer)
        {
            Assert.Equal(password, await TryAsync("POST", Upload, AccessHost.Basic("sid")));
            Assert.Equal(bearer, await TryAsync("POST", Upload, await TokenAsync("repository:team/app:pull,push", AccessHost.Basic("sid"))));
        }

        await AssertAsync(HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized);
        await PatchAsync(new { policies = new { signingPolicy = new { status = "enabled" } } });
        await AssertAsync(HttpStatusCode.OK, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, await TryAsync("DELETE", "/v2/team/app/manifests/v1", AccessHost.Basic("sid")));
        await PatchAsync(new { policies = new { signingPolicy = new { status = "disabled" } } });
        await AssertAsync(HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task AnonymousPull_OfSomeRepositories_OpensNoOthersAndNoCatalog()
    {
        const string Scopes = "repository:public/app:pull,push&scope=repository:private/app:pull&scope=registry:catalog:*";
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"/oauth2/token?service={Host.Authority}&scope={Scopes}", null));

        await PatchAsync(new { anonymousPullRepositories = new[] { "public/*" } });
        var token = await TokenAsync(Scopes, null);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/public/app/manifests/v1", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("PUT", "/v2/public/app/manifests/v1", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/private/app/manifests/v1", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/_catalog", token));

        await PatchAsync(new { anonymousPullRepositories = Array.Empty<string>() });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/public/app/manifests/v1", token));
    }
}
