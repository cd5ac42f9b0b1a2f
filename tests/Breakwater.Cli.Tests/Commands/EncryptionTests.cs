using Breakwater.Cli.Tests.Suite;
using Breakwater.Testing.Tooling;

namespace Breakwater.Cli.Tests.Commands;

/// <summary>A registry comes under a key, moves, and leaves it.</summary>
public sealed class EncryptionTests(CliServer server) : CliTest(server)
{
    [Fact]
    public async Task Encryption_FromEnableToDisable_IsShownAsItIs()
    {
        Tool.RequireFile(SoftHsm.Library, "SoftHSM");
        var hsm = Server.Hsm!;
        SoftHsm.CreateKey(hsm.Token, "cli", 1);
        SoftHsm.CreateKey(hsm.Token, "other", 1);
        Assert.Equal("disabled", (await Owner.DoAsync("encryption show -o tsv --query status")).Output.Trim());
        (await Owner.RunAsync("encryption", "rotate-key")).Expect(2);
        (await Owner.RunAsync("encryption", "enable")).Expect(2);
        (await Owner.RunAsync("encryption", "enable", "--key-encryption-key", hsm.KeyOf("absent"))).Expect(2);

        var enabled = (await Owner.DoAsync("encryption enable -o json --key-encryption-key", hsm.KeyOf("cli"))).Json["keyVaultProperties"]!;
        Assert.Equal((hsm.KeyOf("cli"), hsm.KeyOf("cli") + ";id=%01"), ((string?)enabled["keyIdentifier"], (string?)enabled["versionedKeyIdentifier"]));
        var rotated = (await Owner.DoAsync("encryption rotate-key -o json --key-encryption-key", hsm.KeyOf("other") + ";id=%01")).Json["keyVaultProperties"]!;
        Assert.Equal((hsm.KeyOf("other") + ";id=%01", false), ((string?)rotated["keyIdentifier"], (bool)rotated["keyRotationEnabled"]!));
        Assert.Contains(hsm.KeyOf("other"), (await Owner.DoAsync("encryption rotate-key")).Output, StringComparison.Ordinal);

        (await Owner.RunAsync("encryption", "disable")).Expect(2);
        Assert.Equal("disabled", (await Owner.DoAsync("encryption disable -y -o tsv --query status")).Output.Trim());
    }

    [Fact]
    public async Task RotateRootKey_IsShownAndRefusesAnother()
    {
        Assert.Equal("Never", (await Owner.DoAsync("encryption show-root-key -o tsv --query state")).Output.Trim());
        var begun = (await Owner.DoAsync("encryption rotate-root-key -o json")).Json;
        Assert.Equal(("ReEncrypting", 2), ((string?)begun["state"], (int)begun["epoch"]!));
        (await Owner.RunAsync("encryption", "rotate-root-key")).Expect(6);
        Assert.Contains("Epoch", (await Owner.DoAsync("encryption show-root-key")).Output, StringComparison.Ordinal);
        await Eventually.HoldsAsync(
            async () => (await Owner.DoAsync("encryption show-root-key -o tsv --query state")).Output.Trim() == "Closing", "all is under the new key", TimeSpan.FromSeconds(20));
    }
}
