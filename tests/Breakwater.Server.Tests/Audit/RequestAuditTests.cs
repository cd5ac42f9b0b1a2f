using System.Net.Http.Headers;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Audit;

/// <summary>Which requests have which records.</summary>
public sealed class RequestAuditTests(AccessHost host) : AuditTest(host)
{
    [Fact]
    public async Task Login_TokenEndpoint_IsOneRecordWithTheTokensId()
    {
        await Host.CreateNobodyAsync("lena");
        var record = Assert.Single(await RecordsOfAsync("GET", $"/oauth2/token?service={Host.Authority}&scope=repository:a:pull", AccessHost.Basic("lena")));
        Assert.Equal(("ContainerRegistryLoginEvents", "Login", "200", "lena", "Password"),
            (Text(record, "Category"), Text(record, "OperationName"), Text(record, "ResultType"), Text(record, "Identity"), Text(record, "CredentialType")));
        Assert.True(Guid.TryParse(Text(record, "JwtId"), out _));
        Assert.Equal("127.0.0.1", Text(record, "CallerIpAddress"));
        Assert.Equal(Host.Authority, Text(record, "LoginServer"));
    }

    [Theory]
    [InlineData("mona", "/oauth2/token")]
    [InlineData("mila", "/v2/")]
    [InlineData("mara", "/v2/a/manifests/x")]
    [InlineData("mina", "/graph/v1.0/users")]
    public async Task Login_WrongPassword_IsOneRecordWithTheName(string name, string path)
    {
        await Host.CreateNobodyAsync(name);
        var record = Assert.Single(await RecordsOfAsync("GET", path, AccessHost.Basic(name, "wrong")));
        Assert.Equal(("Login", "401", name, "The password is wrong, or the account is disabled."),
            (Text(record, "OperationName"), Text(record, "ResultType"), Text(record, "Identity"), Text(record, "ResultDescription")));
    }

    /// <summary>People type their password where the name belongs.</summary>
    [Fact]
    public async Task Login_UnknownName_IsNotWrittenDown()
    {
        var record = Assert.Single(await RecordsOfAsync("GET", "/v2/", AccessHost.Basic("hunter2hunter2", "x")));
        Assert.Null(record["Identity"]);
        Assert.StartsWith("No such name (fingerprint ", Text(record, "ResultDescription"), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", record.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_NewPasswordOnARoute_IsOneRecordAndTheNextRequestNone()
    {
        await Host.CreateNobodyAsync("nora");
        Assert.Equal("Login", Text(Assert.Single(await RecordsOfAsync("GET", "/v2/", AccessHost.Basic("nora"))), "OperationName"));
        Assert.Empty(await RecordsOfAsync("GET", "/v2/", AccessHost.Basic("nora")));
    }

    [Fact]
    public async Task Login_TokenUsedFirst_IsOneRecordWithItsId()
    {
        var token = await Host.BearerAsync("repository:b:pull");
        var records = await RecordsOfAsync("GET", "/v2/", token);
        Assert.Equal(("Login", "Token", "owner"), (Text(Assert.Single(records), "OperationName"), Text(records[0], "CredentialType"), Text(records[0], "Identity")));
        Assert.NotNull(records[0]["JwtId"]);
    }

    [Theory]
    [InlineData("Bearer", "eyJ.not.one", "The token is not valid here or has expired.")]
    [InlineData("Basic", "%%%", "The credentials are malformed.")]
    public async Task Login_BadCredentials_AreOneRecord(string scheme, string value, string reason)
    {
        var record = Assert.Single(await RecordsOfAsync("GET", "/v2/a/tags/list", new AuthenticationHeaderValue(scheme, value)));
        Assert.Equal(("Login", "401", reason), (Text(record, "OperationName"), Text(record, "ResultType"), Text(record, "ResultDescription")));
    }

    [Theory]
    [InlineData("GET", "/v2/")]
    [InlineData("GET", "/v2/a/manifests/x")]
    [InlineData("PUT", "/v2/a/manifests/x")]
    [InlineData("GET", "/oauth2/token")]
    public async Task Challenge_WithoutCredentials_HasNoRecord(string method, string path) => Assert.Empty(await RecordsOfAsync(method, path, null));

    [Theory]
    [InlineData("GET", "/v2/team/app/manifests/v1", "Pull", "v1")]
    [InlineData("HEAD", "/v2/team/app/manifests/v1", "Read", "v1")]
    [InlineData("PUT", "/v2/team/app/manifests/v1", "Push", "v1")]
    [InlineData("DELETE", "/v2/team/app/manifests/v1", "Untag", "v1")]
    [InlineData("DELETE", "/v2/team/app/manifests/sha256:00", "Delete", null)]
    [InlineData("POST", "/v2/team/app/blobs/uploads/", "Push", null)]
    [InlineData("GET", "/v2/team/app/tags/list", "Read", null)]
    [InlineData("DELETE", "/acr/v1/team/app", "Delete", null)]
    [InlineData("PATCH", "/acr/v1/team/app", "Update", null)]
    public async Task Refused_WithoutTheRight_IsOneRecordOfWhatWasAsked(string method, string path, string operation, string? tag)
    {
        var name = $"u{Guid.NewGuid():N}"[..12];
        await Host.CreateNobodyAsync(name);
        using (await Host.SendAsync("GET", "/v2/", AccessHost.Basic(name)))
        {
        }
        var record = Assert.Single(await RecordsOfAsync(method, path, AccessHost.Basic(name)));
        Assert.Equal(("ContainerRegistryRepositoryEvents", operation, "403", name), (Text(record, "Category"), Text(record, "OperationName"), Text(record, "ResultType"), Text(record, "Identity")));
        Assert.Equal(("team/app", tag), (Text(record, "Repository"), Text(record, "Tag")));
        Assert.StartsWith("Lacks repository ", Text(record, "ResultDescription"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_TokenForAnother_IsOneRecord()
    {
        var token = await Host.BearerAsync("repository:c:pull");
        using (await Host.SendAsync("GET", "/v2/", token))
        {
        }
        var record = Assert.Single(await RecordsOfAsync("GET", "/v2/d/manifests/v1", token));
        Assert.Equal(("Pull", "401", "Token"), (Text(record, "OperationName"), Text(record, "ResultType"), Text(record, "CredentialType")));
    }

    [Fact]
    public async Task Pull_Manifest_IsOneRecord()
    {
        var record = Assert.Single(await RecordsOfAsync("GET", "/v2/team/web/manifests/v7", AccessHost.Basic()));
        Assert.Equal(("Pull", "200", "team/web", "v7", "owner"), (Text(record, "OperationName"), Text(record, "ResultType"), Text(record, "Repository"), Text(record, "Tag"), Text(record, "Identity")));
    }

    [Fact]
    public async Task Pull_UserAgent_IsOnOneLine()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/team/agent/manifests/v7");
        request.Headers.Authorization = AccessHost.Basic();
        request.Headers.TryAddWithoutValidation("User-Agent", $"curl/8 {new string('x', 2000)}");
        using var answer = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(512, Text(Assert.Single(await OfAsync(answer)), "UserAgent")!.Length);
    }

    [Theory]
    [InlineData("HEAD", "/v2/team/app/manifests/v1")]
    [InlineData("GET", "/v2/team/app/tags/list")]
    [InlineData("GET", "/v2/nothing")]
    public async Task Read_Allowed_HasNoRecord(string method, string path) => Assert.Empty(await RecordsOfAsync(method, path, AccessHost.Basic()));

    [Fact]
    public async Task Flood_OfWrongPasswords_IsFewRecordsWithTheWholeCount()
    {
        await Host.CreateNobodyAsync("olga");
        for (var i = 0; i < 40; i++)
        {
            using (await Host.SendAsync("GET", "/v2/", AccessHost.Basic("olga", $"guess {i}")))
            {
            }
        }
        var records = await FindAsync("identity=olga&result=failed");
        Assert.InRange(records.Count, 1, 3);
    }
}
