using Breakwater.Cli.Tests.Suite;

namespace Breakwater.Cli.Tests.Commands;

public sealed class ManagedIdentityTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Identity_WithAFederatedCredential_SignsInWithoutASecretUntilThatIsGone()
    {
        await Server.PushAsync("cli/federated", "v1");
        var made = (await Owner.DoAsync("identity create runner -o json")).Json;
        var (client, audience) = ((string)made["properties"]!["clientId"]!, $"api://{made["properties"]!["tenantId"]}");
        (await Owner.RunAsync("identity", "create", "runner")).Expect(6);
        await Owner.DoAsync("identity federated-credential create main --identity-name runner --subject repo:team/runner --issuer", CliServer.ForeignIssuer);
        (await Owner.RunAsync("identity", "federated-credential", "create", "other", "--identity-name", "runner", "--subject", "x", "--issuer", "https://unknown.example")).Expect(2);
        await Owner.DoAsync("role assignment create --assignee runner --role acrpull -r local");
        using var job = new CliUser(Server);
        var file = job.Write("token", ForeignToken.Mint(Server, "repo:team/runner", audience));

        (await job.RunAsync("login", Server.Address, "--federated-token-file", file, "-u", client, "--ca-file", Server.CaFile)).Expect(0);
        await job.DoAsync("tag list cli/federated");
        Assert.Contains("repo:team/runner", (await Owner.DoAsync("identity federated-credential list --identity-name runner")).Output, StringComparison.Ordinal);
        await Owner.DoAsync("identity federated-credential delete main --identity-name runner -y");
        (await job.RunAsync("tag", "list", "cli/federated")).Expect(4);
        (await Owner.RunAsync("service-principal", "credential", "add", client)).Expect(2);
        Assert.Contains(client, (await Owner.DoAsync("identity list")).Output, StringComparison.Ordinal);
        await Owner.DoAsync("identity delete runner -y");
        (await Owner.RunAsync("identity", "show", "runner")).Expect(3);
        (await Owner.RunAsync("identity", "delete", "runner", "-y")).Expect(3);
    }
}
