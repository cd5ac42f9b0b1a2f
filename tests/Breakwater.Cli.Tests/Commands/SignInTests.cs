using System.Net;
using System.Text.Json;
using Breakwater.Cli.Tests.Suite;
using Breakwater.Testing.Hosting;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>Signing in by each way, and what stands in its way.</summary>
public sealed class SignInTests(CliServer server) : IDisposable
{
    private readonly CliUser user = new(server);

    [Fact]
    public async Task Login_PasswordFromStandardInput_KeepsTokensForTheOwnerOnlyAndNoPassword()
    {
        await user.SignInAsync();

        var kept = await File.ReadAllTextAsync(user.ProfileFile);
        Assert.DoesNotContain(ServerProcess.OwnerPassword, kept, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(user.ProfileFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(user.ProfileFile)!));
        Assert.Equal("local", (await user.DoAsync("registry list -o tsv --query [].name")).Output.Trim());
        Assert.Equal([".default.lock", "default.json"], Directory.EnumerateFiles(Path.GetDirectoryName(user.ProfileFile)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Login_Prompt_AsksForNameAndHiddenPassword()
    {
        user.Hidden = ServerProcess.OwnerPassword;

        var run = (await user.TypeAsync("owner\n", "login", server.Address, "--ca-file", server.CaFile)).Expect(0);

        Assert.Equal("Username: Password: ", run.Error);
        Assert.DoesNotContain(ServerProcess.OwnerPassword, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_WrongPassword_Is4AndKeepsNothing()
    {
        var run = (await user.TypeAsync("wrong horse battery", "login", server.Address, "-u", "nobody", "--password-stdin", "--ca-file", server.CaFile)).Expect(4);

        Assert.Matches("^Error: The user name or the password is wrong. .invalid_grant, HTTP 400, correlation id [0-9a-f-]{36}.\n$", run.Error);
        Assert.False(File.Exists(user.ProfileFile));
    }

    [Fact]
    public async Task Login_PasswordAsAnArgument_IsNoOptionAndIsNotRepeated()
    {
        foreach (var words in new[] { new[] { "--password", "hunter2-secret" }, ["--password=hunter2-secret"], ["-p", "hunter2-secret"], ["-phunter2-secret"] })
        {
            var run = (await user.RunAsync(["login", server.Address, "-u", "owner", .. words])).Expect(2);
            Assert.Contains("There is no option", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", run.Error + run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://no-such-host.invalid", 7, "There is no host")]
    [InlineData("https://127.0.0.1:1", 7, "Nobody listens")]
    [InlineData("http://192.0.2.1", 2, "Nothing was sent")]
    [InlineData("ftp://localhost", 2, "no server's address")]
    [InlineData("https://owner:x@localhost", 2, "no server's address")]
    public async Task Login_AddressThatLeadsNowhere_SaysSo(string address, int code, string message) =>
        Assert.Contains(message, (await user.TypeAsync("x", "login", address, "-u", "owner", "--password-stdin")).Expect(code).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Login_AuthorityThatIsNotTrusted_Is8()
    {
        Assert.Contains("--ca-file", (await user.TypeAsync("x", "login", server.Address, "-u", "owner", "--password-stdin")).Expect(8).Error, StringComparison.Ordinal);

        var other = user.Write("other.crt", SelfSigned.Certificate());
        Assert.Contains("not trusted", (await user.TypeAsync("x", "login", server.Address, "-u", "owner", "--password-stdin", "--ca-file", other)).Expect(8).Error, StringComparison.Ordinal);
        var empty = user.Write("empty.crt", "no certificate");
        Assert.Contains("holds no certificate", (await user.TypeAsync("x", "login", server.Address, "-u", "owner", "--password-stdin", "--ca-file", empty)).Expect(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--device-code", "--service-principal")]
    [InlineData("--device-code", "--username", "owner")]
    [InlineData("--federated-token-file", "x", "-u", "app", "--password-stdin")]
    public async Task Login_WaysThatDoNotFit_AreRefusedTogether(params string[] words) =>
        (await user.RunAsync(["login", server.Address, "--ca-file", server.CaFile, .. words])).Expect(2);

    [Fact]
    public async Task User_WhoChangesItsOwnPassword_IsToldToSignInAgain()
    {
        await user.SignInAsync();
        (await user.TypeAsync(CliTest.Password, "user", "create", "myself", "--password-stdin")).Expect(0);
        await user.DoAsync("role assignment create --assignee myself --role", "User Access Administrator", "--scope", "installation");
        using var self = new CliUser(server);
        await self.SignInAsync("myself", CliTest.Password);

        var changed = (await self.DoAsync("user update myself --generate-password")).Output;

        Assert.Contains("It was you", changed, StringComparison.Ordinal);
        (await self.RunAsync("user", "list")).Expect(4);
    }

    [Fact]
    public async Task Login_HttpOnThisMachine_NeedsNoFlag()
    {
        (await user.TypeAsync(ServerProcess.OwnerPassword, "login", $"http://{server.Process.HttpAuthority}", "-u", "owner", "--password-stdin")).Expect(0);
        await user.DoAsync("repository list");
    }

    [Fact]
    public async Task Logout_Then_NobodyIsSignedIn()
    {
        Assert.Contains("Nobody has signed in", (await user.RunAsync("registry", "list")).Expect(4).Error, StringComparison.Ordinal);
        await user.SignInAsync();
        await user.DoAsync("logout");

        (await user.RunAsync("registry", "list")).Expect(4);
        Assert.False(File.Exists(user.ProfileFile));
    }

    [Fact]
    public async Task SignIn_OfAPersonWhoseTokenHasEnded_IsRenewed()
    {
        await user.SignInAsync();
        var before = await File.ReadAllTextAsync(user.ProfileFile);
        user.Clock = new ShiftedClock(TimeSpan.FromHours(2));

        await user.DoAsync("registry list");
        await user.DoAsync("user list");

        Assert.NotEqual(before, await File.ReadAllTextAsync(user.ProfileFile));
    }

    [Fact]
    public async Task SignIn_AfterANewPassword_HasEnded()
    {
        await user.SignInAsync();
        (await user.TypeAsync(CliTest.Password, "user", "create", "ended", "--password-stdin")).Expect(0);
        using var other = new CliUser(server);
        await other.SignInAsync("ended", CliTest.Password);
        await user.DoAsync("user update ended --generate-password");

        var run = (await other.RunAsync("registry", "list")).Expect(4);

        Assert.Contains("breakwater login", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServicePrincipal_SecretFromAFile_IsReadAgainAndNotKept()
    {
        await user.SignInAsync();
        var made = (await user.DoAsync("service-principal create robot -o json")).Json;
        await user.DoAsync("role assignment create --assignee robot --role Reader --scope installation");
        using var robot = new CliUser(server);
        var file = robot.Write("secret", (string)made["password"]!);
        (await robot.RunAsync("login", server.Address, "--service-principal", "-u", (string)made["appId"]!, "--password-file", file, "--ca-file", server.CaFile)).Expect(0);
        Assert.DoesNotContain((string)made["password"]!, await File.ReadAllTextAsync(robot.ProfileFile), StringComparison.Ordinal);

        robot.Clock = new ShiftedClock(TimeSpan.FromHours(2));
        await robot.DoAsync("registry list");
        await robot.DoAsync("repository list");
        File.Delete(file);
        robot.Clock = new ShiftedClock(TimeSpan.FromHours(5));

        Assert.Contains("cannot be read to renew", (await robot.RunAsync("registry", "list")).Expect(4).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServicePrincipal_SecretFromTheEnvironment_EndsWhenItIsGone()
    {
        await user.SignInAsync();
        var made = (await user.DoAsync("service-principal create envy -o json")).Json;
        await user.DoAsync("role assignment create --assignee envy --role Reader --scope installation");
        using var robot = new CliUser(server);
        robot.Variables["BREAKWATER_CLI_PASSWORD"] = (string)made["password"]!;
        (await robot.RunAsync("login", server.Address, "--service-principal", "-u", (string)made["appId"]!, "--ca-file", server.CaFile)).Expect(0);
        robot.Clock = new ShiftedClock(TimeSpan.FromHours(2));
        await robot.DoAsync("repository list");
        robot.Variables.Clear();
        robot.Clock = new ShiftedClock(TimeSpan.FromHours(7));

        (await robot.RunAsync("registry", "list")).Expect(4);
    }

    [Fact]
    public async Task FederatedToken_OfATrustedIssuer_OpensManagementAndContent()
    {
        await user.SignInAsync();
        var tenant = (string)JsonDocument.Parse(await File.ReadAllTextAsync(user.ProfileFile)).RootElement.GetProperty("tenant").GetString()!;
        var made = (await user.DoAsync("service-principal create pipeline --no-secret -o json")).Json;
        await user.DoAsync("role assignment create --assignee pipeline --role Reader --scope installation");
        using var owner = server.Process.CreateClient();
        var trust = JsonSerializer.SerializeToUtf8Bytes(new { name = "main", issuer = CliServer.ForeignIssuer, subject = "repo:team/app", audiences = new[] { $"api://{tenant}" } });
        Assert.Equal(HttpStatusCode.Created, (await owner.SendAsync(HttpMethod.Post, $"/graph/v1.0/applications/{made["id"]}/federatedIdentityCredentials", trust, "application/json")).Status);
        using var job = new CliUser(server);
        var file = job.Write("token", ForeignToken.Mint(server, "repo:team/app", $"api://{tenant}"));

        (await job.RunAsync("login", server.Address, "--federated-token-file", file, "-u", (string)made["appId"]!, "--ca-file", server.CaFile)).Expect(0);

        await job.DoAsync("registry list");
        await job.DoAsync("repository list");
        Assert.Contains("used before", (await job.RunAsync("login", server.Address, "--federated-token-file", file, "-u", (string)made["appId"]!)).Expect(4).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeviceCode_EnteredByAPerson_SignsIn()
    {
        using var page = new HttpClient { BaseAddress = new Uri($"http://{server.Process.HttpAuthority}") };
        var run = user.RunAsync("login", page.BaseAddress.ToString(), "--device-code");
        var code = await user.CodeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/devicelogin")
        {
            Headers = { { "Origin", page.BaseAddress.GetLeftPart(UriPartial.Authority) } },
            Content = new FormUrlEncodedContent([new("user_code", code), new("bwk_name", "owner"), new("bwk_password", ServerProcess.OwnerPassword)]),
        };
        using var answer = await page.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.Contains("owner", (await run).Expect(0).Output, StringComparison.Ordinal);
        await user.DoAsync("registry list");
    }

    public void Dispose() => user.Dispose();
}
