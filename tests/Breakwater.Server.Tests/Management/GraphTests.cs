using System.Net;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

public sealed class GraphTests(AccessHost host) : ManagementTest(host)
{
    [Fact]
    public async Task ServicePrincipal_WithSecretAndRole_SignsInUntilTheSecretIsRemoved()
    {
        var app = (await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/applications", new { displayName = "deployer" }))!;
        var service = (await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/servicePrincipals", new { appId = (string)app["appId"]! }))!;
        var secret = (await CallAsync(HttpStatusCode.OK, "POST", $"{Graph}/applications/{app["id"]}/addPassword", new { passwordCredential = new { displayName = "ci" } }))!;
        await AssignAsync((string)service["id"]!, "AcrPush");
        var signedIn = AccessHost.Basic((string)app["appId"]!, (string)secret["secretText"]!);

        Assert.StartsWith("bwk_sp_", (string)secret["secretText"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("PUT", "/v2/app/manifests/v1", signedIn));
        var shown = (await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/servicePrincipals/{service["id"]}"))!;
        Assert.Equal((string)secret["keyId"]!, (string)Assert.Single(shown["passwordCredentials"]!.AsArray())!["keyId"]!);
        Assert.DoesNotContain((string)secret["secretText"]!, shown.ToJsonString(), StringComparison.Ordinal);

        await CallAsync(HttpStatusCode.NoContent, "POST", $"{Graph}/servicePrincipals/{service["id"]}/removePassword", new { keyId = (string)secret["keyId"]! });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("PUT", "/v2/app/manifests/v1", signedIn));
    }

    [Fact]
    public async Task ServicePrincipal_DisabledOrDeleted_IsOutAlsoWithItsTokens()
    {
        var app = (await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/applications", new { displayName = "worker" }))!;
        var secret = (await CallAsync(HttpStatusCode.OK, "POST", $"{Graph}/applications/{app["id"]}/addPassword", new { }))!;
        var signedIn = AccessHost.Basic((string)app["appId"]!, (string)secret["secretText"]!);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/", signedIn));

        await CallAsync(HttpStatusCode.NoContent, "PATCH", $"{Graph}/servicePrincipals/{app["id"]}", new { accountEnabled = false });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/", signedIn));
        await CallAsync(HttpStatusCode.NoContent, "PATCH", $"{Graph}/servicePrincipals/{app["id"]}", new { accountEnabled = true });
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/", signedIn));
        await CallAsync(HttpStatusCode.NoContent, "DELETE", $"{Graph}/applications/{app["id"]}");
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/", signedIn));
        await CallAsync(HttpStatusCode.NotFound, "GET", $"{Graph}/servicePrincipals/{app["id"]}");
    }

    [Fact]
    public async Task User_ChangedAndDeleted_IsOut()
    {
        var id = await CreateUserAsync("ida");
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/", AccessHost.Basic("ida")));

        await CallAsync(HttpStatusCode.NoContent, "PATCH", $"{Graph}/users/ida", new { passwordProfile = new { password = "ida's new password" } });
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/", AccessHost.Basic("ida")));
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/", AccessHost.Basic("ida", "ida's new password")));
        await CallAsync(HttpStatusCode.NoContent, "DELETE", $"{Graph}/users/{id}");
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", "/v2/", AccessHost.Basic("ida", "ida's new password")));
    }

    [Fact]
    public async Task User_LastOwner_CanNeitherBeDisabledNorDeleted()
    {
        await CallAsync(HttpStatusCode.Conflict, "DELETE", $"{Graph}/users/owner");
        await CallAsync(HttpStatusCode.Conflict, "PATCH", $"{Graph}/users/owner", new { accountEnabled = false });
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", "/v2/", AccessHost.Basic()));
    }

    [Fact]
    public async Task User_WrongValues_NameTheRemedy()
    {
        foreach (var (name, password) in new[] { ("Upper", AccessHost.Password), ("jon", "short"), ("owner", AccessHost.Password), (Guid.NewGuid().ToString(), AccessHost.Password) })
            await CallAsync(HttpStatusCode.BadRequest, "POST", $"{Graph}/users", new { userPrincipalName = name, passwordProfile = new { password } });
        foreach (var name in new[] { new string('x', 257), "a\nb", "" })
        {
            await CallAsync(HttpStatusCode.BadRequest, "POST", $"{Graph}/groups", new { displayName = name });
            await CallAsync(HttpStatusCode.BadRequest, "POST", $"{Graph}/applications", new { displayName = name });
        }
        await CallAsync(HttpStatusCode.NotFound, "GET", $"{Graph}/users/jon");
        await CallAsync(HttpStatusCode.NotFound, "GET", $"{Graph}/surprise");
    }

    [Fact]
    public async Task MailNickname_OfUsersAndGroups_IsKeptAndShown()
    {
        await CreateUserAsync("mia");
        Assert.Equal("mia", (string)(await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/users/mia"))!["mailNickname"]!);
        await CallAsync(HttpStatusCode.NoContent, "PATCH", $"{Graph}/users/mia", new { mailNickname = "mia2" });
        Assert.Equal("mia2", (string)(await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/users/mia"))!["mailNickname"]!);
        Assert.Equal("nicked", (string)(await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/groups/{await GroupAsync("nicked")}"))!["mailNickname"]!);
        foreach (var wrong in new[] { "", "a b", "a@b", new string('x', 65) })
            await CallAsync(HttpStatusCode.BadRequest, "POST", $"{Graph}/groups", new { displayName = "x", mailNickname = wrong });
    }

    [Fact]
    public async Task AddPassword_Start_IsShownAndCountsForItsEnd()
    {
        var app = (await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/applications", new { displayName = "started" }))!;
        var add = $"{Graph}/applications/{app["id"]}/addPassword";
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) - TimeSpan.FromDays(10);

        var made = (await CallAsync(HttpStatusCode.OK, "POST", add, new { passwordCredential = new { startDateTime = start } }))!;
        Assert.Equal(start, (DateTimeOffset)made["startDateTime"]!);
        Assert.Equal(start + TimeSpan.FromDays(365), (DateTimeOffset)made["endDateTime"]!);
        var shown = (await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/applications/{app["id"]}"))!["passwordCredentials"]![0]!;
        Assert.Equal(start, (DateTimeOffset)shown["startDateTime"]!);
        foreach (var wrong in new[] { start - TimeSpan.FromDays(365), start + TimeSpan.FromDays(20) })
            await CallAsync(HttpStatusCode.BadRequest, "POST", add, new { passwordCredential = new { startDateTime = wrong } });
    }

    [Fact]
    public async Task List_Pages_AreComplete()
    {
        for (var i = 0; i < 5; i++)
            await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/groups", new { displayName = $"page{i}" });
        var names = new List<string>();
        for (var next = $"{Graph}/groups?$top=2"; next is not null;)
        {
            var page = (await CallAsync(HttpStatusCode.OK, "GET", next))!;
            Assert.InRange(page["value"]!.AsArray().Count, 1, 2);
            names.AddRange(page["value"]!.AsArray().Select(group => (string)group!["displayName"]!));
            next = (string?)page["@odata.nextLink"];
        }
        Assert.Equal(["page0", "page1", "page2", "page3", "page4"], names.Where(n => n.StartsWith("page", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Post_FormInsteadOfJson_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Graph}/groups") { Content = new StringContent("""{"displayName":"x"}""") };
        request.Headers.Authorization = AccessHost.Basic();
        using var response = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Lists_ByPrefixAndByNickname_AnswerTheQuestion()
    {
        await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/groups", new { displayName = "Zebras", mailEnabled = false, securityEnabled = true, mailNickname = "z" });
        await CallAsync(HttpStatusCode.Created, "POST", $"{Graph}/applications", new { displayName = "zeal" });

        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/groups?$filter=startswith(displayName,'zeb')"))!["value"]!.AsArray());
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/groups?$filter=startswith(displayName,'ebras')"))!["value"]!.AsArray());
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/groups?$filter=startswith(displayName,'%25')"))!["value"]!.AsArray());
        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/groups?$filter=mailNickname eq 'z'"))!["value"]!.AsArray());
        Assert.Single((await CallAsync(HttpStatusCode.OK, "GET", $"{Graph}/applications?$filter=startswith(displayName,'ze')"))!["value"]!.AsArray());
        await CallAsync(HttpStatusCode.BadRequest, "GET", $"{Graph}/groups?$filter=startswith(description,'z')");
    }
}
