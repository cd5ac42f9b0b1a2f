using Breakwater.Client.Errors;
using Breakwater.Client.Management;
using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Tests.Client;

/// <summary>ARM's long-running operations, and where tokens do not go.</summary>
public sealed class ManagementClientTests : IDisposable
{
    private static readonly RegistryId Id = new("/subscriptions/s", "g", "reg01");

    private readonly HttpChannel channel = new(new ConnectionOptions(), TimeProvider.System);

    private ManagementClient ClientOf(string address)
    {
        Assert.True(ServerAddress.TryParse(address, out var server));
        var state = new SignInState { Kind = AccountKind.User, Account = "x", Access = { [Audience.Management] = new HeldToken("t", DateTimeOffset.MaxValue) } };
        return new ManagementClient(channel, server, new Session(new IssuerClient(channel, server, TimeProvider.System), state, null, keeper: null, TimeProvider.System), "s", TimeProvider.System);
    }

    [Fact]
    public async Task Create_ThatGoesOn_IsAskedUntilItIsDone()
    {
        using var stub = new StubServer((request, count) => (request, count) switch
        {
            ("PUT /subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerRegistry/registries/reg01", _) => (201, """{"properties":{"provisioningState":"Creating"}}""", [("Azure-AsyncOperation", "/op/1?api-version=x"), ("Retry-After", "0")]),
            ("GET /op/1", < 3) => (200, """{"status":"Creating"}""", [("Retry-After", "0")]),
            ("GET /op/1", _) => (200, """{"status":"Succeeded"}""", []),
            _ => (200, """{"name":"reg01","properties":{"provisioningState":"Succeeded"}}""", []),
        });

        var made = await ClientOf(stub.Address).Registries.CreateAsync(Id, new RegistryChange { Location = "local" }, TestContext.Current.CancellationToken);

        Assert.Equal("Succeeded", made.Properties!.ProvisioningState);
        Assert.Equal(4, stub.Requests.Count);
    }

    [Fact]
    public async Task Create_ThatFailsLater_SaysWhy()
    {
        using var stub = new StubServer((request, _) => request.StartsWith("PUT", StringComparison.Ordinal)
            ? (202, "", [("Azure-AsyncOperation", "/op/1"), ("Retry-After", "0")])
            : (200, """{"status":"Failed","error":{"code":"QuotaExceeded","message":"No more registries."}}""", []));

        var error = await Assert.ThrowsAsync<BreakwaterException>(() => ClientOf(stub.Address).Registries.CreateAsync(Id, new RegistryChange(), TestContext.Current.CancellationToken));

        Assert.Equal(("QuotaExceeded", "No more registries."), (error.Code, error.Message));
    }

    [Fact]
    public async Task Update_OfARevisionThatIsGone_IsAConflict()
    {
        using var stub = new StubServer((request, _) => request.StartsWith("GET", StringComparison.Ordinal)
            ? (200, """{"name":"reg01"}""", [("ETag", "\"7\"")])
            : (412, """{"error":{"code":"PreconditionFailed","message":"Read it again."}}""", []));
        var client = ClientOf(stub.Address).Registries;

        var (found, revision) = await client.GetRevisionAsync(Id, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<BreakwaterException>(() => client.UpdateAsync(Id, new RegistryChange(), TestContext.Current.CancellationToken, ifRevision: revision));

        Assert.Equal(("reg01", "\"7\""), (found.Name, revision));
        Assert.Equal([null, "\"7\""], stub.Revisions);
        Assert.Equal((ErrorKind.Conflict, 412), (error.Kind, error.Status));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task Delete_ThatIsDoneAtOnce_AsksNothingMore(int status)
    {
        using var stub = new StubServer((_, _) => (status, "", []));

        await ClientOf(stub.Address).Registries.DeleteAsync(Id, TestContext.Current.CancellationToken);

        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task Delete_WithALocation_IsAskedUntilItIsNot202()
    {
        using var stub = new StubServer((request, count) => count < 3 ? (202, "null", [("Location", "/op/2"), ("Retry-After", "0")]) : (200, """{"status":"Succeeded"}""", []));

        await ClientOf(stub.Address).Registries.DeleteAsync(Id, TestContext.Current.CancellationToken);

        Assert.Equal(["GET /op/2", "GET /op/2"], stub.Requests[1..]);
    }

    [Fact]
    public async Task Links_ToAnotherServer_DoNotGetTheToken()
    {
        using var other = new StubServer((_, _) => (200, """{"value":[]}""", []));
        using var stub = new StubServer((request, _) => request.StartsWith("DELETE", StringComparison.Ordinal)
            ? (202, "", [("Location", other.Address + "/op"), ("Retry-After", "0")])
            : (200, $$"""{"value":[],"nextLink":"{{other.Address}}/next"}""", []));
        var client = ClientOf(stub.Address);

        await Assert.ThrowsAsync<BreakwaterException>(async () => await client.Registries.ListAsync(null, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<BreakwaterException>(() => client.Registries.DeleteAsync(Id, TestContext.Current.CancellationToken));

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Redirections_AreNotFollowed()
    {
        using var other = new StubServer((_, _) => (200, "{}", []));
        using var stub = new StubServer((_, _) => (307, "", [("Location", other.Address + "/")]));

        await Assert.ThrowsAsync<BreakwaterException>(() => ClientOf(stub.Address).Registries.GetAsync(Id, TestContext.Current.CancellationToken));

        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Busy_WithRetryAfter_IsTriedAgainWhereNothingChanges()
    {
        using var stub = new StubServer((request, count) => request.StartsWith("POST", StringComparison.Ordinal) || count == 1 ? (429, "", [("Retry-After", "0")]) : (200, """{"name":"reg01"}""", []));
        var client = ClientOf(stub.Address);

        Assert.Equal("reg01", (await client.Registries.GetAsync(Id, TestContext.Current.CancellationToken)).Name);
        Assert.Equal(ErrorKind.Busy, (await Assert.ThrowsAsync<BreakwaterException>(() => client.Of(Id).ListCredentialsAsync(TestContext.Current.CancellationToken))).Kind);
        Assert.Equal(3, stub.Requests.Count);
    }

    [Theory]
    [InlineData("""{"error":{"code":"A","message":"m"}}""", "A", "m")]
    [InlineData("""{"errors":[{"code":"B","message":"line\nbreak \u001b[0m","detail":[]}]}""", "B", "line break  [0m")]
    [InlineData("""{"error":"invalid_grant","error_description":"d"}""", "invalid_grant", "d")]
    [InlineData("<html>", null, null)]
    [InlineData("""{"errors":[7]}""", null, null)]
    [InlineData("[]", null, null)]
    public void ErrorText_OfEachForm_IsRead(string body, string? code, string? message) =>
        Assert.Equal(new ErrorText(code, message), ErrorText.Parse(System.Text.Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("localhost:5443", "https://localhost:5443", true)]
    [InlineData("http://127.0.0.1:5000/", "http://127.0.0.1:5000", true)]
    [InlineData("https://[::1]:5443", "https://[::1]:5443", true)]
    [InlineData("registry.example.com", "https://registry.example.com", false)]
    [InlineData("http://localhost.example.com", "http://localhost.example.com", false)]
    public void ServerAddress_OfAServer_IsParsed(string text, string expected, bool loopback)
    {
        Assert.True(ServerAddress.TryParse(text, out var address));
        Assert.Equal((expected, loopback), (address.ToString(), address.IsLoopback));
    }

    [Theory]
    [InlineData("https://a/b")]
    [InlineData("https://user@a")]
    [InlineData("https://a?q")]
    [InlineData("ftp://a")]
    [InlineData("")]
    [InlineData(null)]
    public void ServerAddress_WithMoreThanHostAndPort_IsNone(string? text) => Assert.False(ServerAddress.TryParse(text, out _));

    public void Dispose() => channel.Dispose();
}
