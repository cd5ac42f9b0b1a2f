using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Cli.Tests.Suite;
using Breakwater.Testing.Hosting;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>docker's protocol for helpers, verb by verb.</summary>
public sealed class CredentialHelperTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Get_OfASignedInServer_GivesWhatDockerCanSignInWith()
    {
        var given = JsonNode.Parse((await Owner.TypeAsync(Server.Authority + "\n", "credential-helper", "get")).Expect(0).Output)!;

        using var client = new Breakwater.Testing.Registry.RegistryClient(
            new Uri(Server.Address), (string)given["Username"]!, (string)given["Secret"]!, System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(Server.CaFile));
        Assert.Equal(200, (await client.GetAsync($"/oauth2/token?service={Server.Authority}&scope=registry:catalog:*")).Code);
        Assert.Equal(Server.Authority, (string)given["ServerURL"]!);
        Assert.Equal(given["Secret"]!.ToString(), (string)JsonNode.Parse((await Owner.TypeAsync($"https://{Server.Authority}/v1/", "credential-helper", "get")).Expect(0).Output)!["Secret"]!);
    }

    [Fact]
    public async Task Get_OfAnUnknownServer_SaysWhatDockerExpects() =>
        Assert.Equal("credentials not found in native keychain\n", (await Owner.TypeAsync("elsewhere.example", "credential-helper", "get")).Expect(1).Output);

    [Fact]
    public async Task List_NamesTheServers() =>
        Assert.Equal("00000000-0000-0000-0000-000000000000", (string)JsonNode.Parse((await Owner.RunAsync("credential-helper", "list")).Expect(0).Output)![Server.Authority]!);

    [Fact]
    public async Task Store_OfCredentials_SignsInAndKeepsNoPassword()
    {
        using var user = await CreateUserAsync("helped", "AcrPull");
        await user.DoAsync("logout");
        await user.SignInAsync();
        var message = (string name, string secret) => JsonSerializer.Serialize(new { ServerURL = Server.Authority, Username = name, Secret = secret });

        Assert.Contains("wrong", (await user.TypeAsync(message("helped", "wrong horse battery"), "credential-helper", "store")).Expect(4).Output, StringComparison.Ordinal);
        (await user.TypeAsync(message("helped", Password), "credential-helper", "store")).Expect(0);

        Assert.DoesNotContain(Password, await File.ReadAllTextAsync(user.ProfileFile), StringComparison.Ordinal);
        (await user.RunAsync("user", "list")).Expect(5);
        (await user.TypeAsync(message("00000000-0000-0000-0000-000000000000", "another"), "credential-helper", "store")).Expect(2);
        (await user.TypeAsync("no json", "credential-helper", "store")).Expect(2);
    }

    [Fact]
    public async Task Erase_ForgetsTheSignIn()
    {
        using var user = new CliUser(Server);
        await user.SignInAsync(ServerProcess.OwnerName);
        (await user.TypeAsync(Server.Authority, "credential-helper", "erase")).Expect(0);
        (await user.RunAsync("registry", "list")).Expect(4);
    }
}
