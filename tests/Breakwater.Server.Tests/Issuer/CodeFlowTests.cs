using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Breakwater.Server.Tests.Access;
using Microsoft.IdentityModel.Tokens;

namespace Breakwater.Server.Tests.Issuer;

/// <summary>Authorization code with PKCE, and the page on which a person signs in.</summary>
public sealed class CodeFlowTests(AccessHost host) : IssuerTest(host)
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", Redirect = "http://localhost:8400";

    private static string Query(string redirect = Redirect, string client = Cli, string extra = "") =>
        $"client_id={client}&response_type=code&redirect_uri={Uri.EscapeDataString(redirect)}&state=s%22%3E%3Cb%3E"
        + $"&scope={Uri.EscapeDataString(ForManagement + " openid offline_access")}{extra}";

    private static string Challenge => $"&code_challenge={Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)))}&code_challenge_method=S256";

    private string Path => $"/{Tenant}/oauth2/v2.0/authorize";

    private async Task<HttpResponseMessage> PostAsync(string user, string password, string? origin = null)
    {
        var form = HttpUtility.ParseQueryString(Query(extra: Challenge));
        var fields = form.AllKeys.Select(key => KeyValuePair.Create(key!, form[key]!)).Append(new("bwk_name", user)).Append(new("bwk_password", password));
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.TryAddWithoutValidation("Origin", origin ?? $"http://{Host.Authority}");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Client.BaseAddress };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Page_IsPlainAndLocked()
    {
        using var response = await Host.SendAsync("GET", $"{Path}?{Query(extra: Challenge)}&login_hint=m%3Cx%3E");
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' http://localhost:8400", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("<strong>Azure CLI</strong>", html, StringComparison.Ordinal);
        Assert.Contains("<label for=\"password\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s\"><b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("m<x>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_RightPassword_GivesACodeThatCountsOnce()
    {
        await CreateUserAsync("mia");
        using var response = await PostAsync("mia", Password);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var answer = HttpUtility.ParseQueryString(response.Headers.Location!.Query);
        Assert.Equal("s\"><b>", answer["state"]);
        (string, string)[] form = [("grant_type", "authorization_code"), ("client_id", Cli), ("code", answer["code"]!), ("redirect_uri", Redirect), ("scope", ForManagement + " openid offline_access")];
        Assert.Equal("invalid_grant", (string?)(await TokenAsync(HttpStatusCode.BadRequest, $"/{Tenant}/oauth2/v2.0/token", [.. form, ("code_verifier", Verifier[..^1] + "x")]))["error"]);
        var tokens = await TokenAsync(HttpStatusCode.OK, $"/{Tenant}/oauth2/v2.0/token", [.. form, ("code_verifier", Verifier)]);
        Assert.NotNull(tokens["refresh_token"]);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", $"/subscriptions{Version}", Bearer(tokens)));
        // Without the verifier it is not the code that was given out, and ends nothing.
        await TokenAsync(HttpStatusCode.BadRequest, $"/{Tenant}/oauth2/v2.0/token", [.. form, ("code_verifier", Verifier[..^1] + "x")]);
        Assert.Equal(HttpStatusCode.OK, await TryAsync("GET", $"/subscriptions{Version}", Bearer(tokens)));
        Assert.Equal("invalid_grant", (string?)(await TokenAsync(HttpStatusCode.BadRequest, $"/{Tenant}/oauth2/v2.0/token", [.. form, ("code_verifier", Verifier)]))["error"]);
        // RFC 6749 section 4.1.2: what it gave ends too.
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("GET", $"/subscriptions{Version}", Bearer(tokens)));
        await TokenAsync(HttpStatusCode.BadRequest, $"/{Tenant}/oauth2/v2.0/token", ("grant_type", "refresh_token"), ("client_id", Cli), ("refresh_token", (string)tokens["refresh_token"]!));
    }

    [Fact]
    public async Task SignIn_WrongPassword_ShowsThePageAgainWithoutIt()
    {
        await CreateUserAsync("ned");
        using var response = await PostAsync("ned", "wrong horse battery");
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"ned\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong horse battery", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task SignIn_FormOfAnotherSite_IsRefused(string origin)
    {
        using var response = await PostAsync("owner", Password, origin);

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("code=", response.Headers.Location?.Query.Replace("error", "", StringComparison.Ordinal) ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/cb", Cli)]
    [InlineData("http://localhost.evil.example", Cli)]
    [InlineData("http://user@localhost:1", Cli)]
    [InlineData("javascript:alert(1)", Cli)]
    [InlineData(Redirect, "00000000-1111-2222-3333-444444444444")]
    public async Task Page_UnknownClientOrAddress_IsRefusedAndLeadsNowhere(string redirect, string client)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Client.BaseAddress };
        using var response = await http.GetAsync($"{Path}?{Query(redirect, client, Challenge)}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&code_challenge=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&code_challenge_method=plain")]
    public async Task Page_WithoutS256_GoesBackWithAnError(string challenge)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Client.BaseAddress };
        using var response = await http.GetAsync($"{Path}?{Query(extra: challenge)}", TestContext.Current.CancellationToken);

        Assert.True(response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.BadRequest);
        Assert.DoesNotContain("<form", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
