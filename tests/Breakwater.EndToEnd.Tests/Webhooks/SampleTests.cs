using System.Runtime.CompilerServices;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;
using Breakwater.Testing.Tooling;

namespace Breakwater.EndToEnd.Tests.Webhooks;

/// <summary>The samples of docs/webhooks.md, on a real delivery.</summary>
public sealed class SampleTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly WebhookReceiver receiver = new();
    private ServerProcess server = null!;
    private ReceivedEvent heard = null!;
    private string secret = "";

    public async ValueTask InitializeAsync()
    {
        server = await ServerProcess.StartAsync(new ServerOptions { DataDirectory = folder["data"], Arguments = WebhookReceiver.Flags });
        using var client = server.CreateClient();
        Assert.Equal(201, (await client.PutWebhookAsync(server, "hooks", new { serviceUri = receiver.Address, actions = new[] { "push" } })).Code);
        Assert.Equal(201, (await client.PushAsync("team/app", "v1", TestManifest.RandomImage(new RandomContent(TestSettings.Seed)))).Code);
        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Received.Count > 0), "the event arrived");
        heard = receiver.Received[0];
        secret = await client.SigningSecretAsync(server, "hooks");
        await File.WriteAllBytesAsync(folder["body"], heard.Body);
        await File.WriteAllBytesAsync(folder["forged"], [.. heard.Body, (byte)' ']);
    }

    private string Header => heard.Headers[ReceivedEvent.SignatureHeader];

    /// <summary>From another day, with a signature that is right for it.</summary>
    private string OldHeader
    {
        get
        {
            var key = System.Text.Encoding.UTF8.GetBytes(secret);
            return "t=1700000000,v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(key, (byte[])[.. "1700000000."u8, .. heard.Body]));
        }
    }

    [Fact]
    public void CSharp_Sample_TellsGenuineFromForged()
    {
        Assert.True(SignatureCheck.IsGenuine(secret, Header, heard.Body, DateTimeOffset.UtcNow));
        Assert.False(SignatureCheck.IsGenuine(secret, Header, [.. heard.Body, 32], DateTimeOffset.UtcNow));
        Assert.False(SignatureCheck.IsGenuine(secret + "x", Header, heard.Body, DateTimeOffset.UtcNow));
        Assert.False(SignatureCheck.IsGenuine(secret, OldHeader, heard.Body, DateTimeOffset.UtcNow));
        Assert.False(SignatureCheck.IsGenuine(secret, "", heard.Body, DateTimeOffset.UtcNow));
        var code = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "SignatureCheck.cs"));
        Assert.Contains(Sample("csharp").Trim(), code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Python_Sample_TellsGenuineFromForged()
    {
        await File.WriteAllTextAsync(folder["verify.py"], Sample("python") + "\nimport sys\nsys.exit(0 if is_genuine(sys.argv[1], sys.argv[2], open(sys.argv[3], 'rb').read()) else 1)\n");
        await AssertTellsAsync((key, header, body) => Tool.Require("python3").TryRunAsync([folder["verify.py"], key, header, folder[body]]));
    }

    [Fact]
    public async Task Shell_Sample_TellsGenuineFromForged()
    {
        Tool.Require("openssl");
        await File.WriteAllTextAsync(folder["verify.sh"], Sample("sh"));
        await AssertTellsAsync((key, header, body) => Tool.Require("sh").TryRunAsync(["-c", "sh \"$1\" \"$2\" \"$3\" < \"$4\"", "sh", folder["verify.sh"], key, header, folder[body]]));
    }

    private async Task AssertTellsAsync(Func<string, string, string, Task<ToolResult>> verify)
    {
        var genuine = await verify(secret, Header, "body");
        Assert.True(genuine.ExitCode == 0, genuine.AllOutput);
        Assert.Equal(0, (await verify(secret, Header.Replace(",v1=", ",v1=00,v1=", StringComparison.Ordinal), "body")).ExitCode);
        Assert.NotEqual(0, (await verify(secret, Header, "forged")).ExitCode);
        Assert.NotEqual(0, (await verify(secret + "x", Header, "body")).ExitCode);
        Assert.NotEqual(0, (await verify(secret, OldHeader, "body")).ExitCode);
        Assert.NotEqual(0, (await verify(secret, "t=,v1=", "body")).ExitCode);
    }

    /// <summary>The page's block of a language.</summary>
    private static string Sample(string language)
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/webhooks.md"));
        return page.Split($"```{language}\n")[1].Split("```")[0];
    }

    private static string Here([CallerFilePath] string path = "") => path;

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        receiver.Dispose();
        folder.Dispose();
    }
}
