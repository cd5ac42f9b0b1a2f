using Breakwater.Faults.Tests.Suite;
using Breakwater.Testing.Hosting;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.Faults.Tests.Storage;

/// <summary>Damage on the disk shows as an error or an aborted transfer, never as wrong bytes.</summary>
public sealed class CorruptedObjectTests : FaultTest
{
    private const string Repository = "faults/corrupted";
    private const int BlobBytes = 500_000;

    private static readonly string[] Damages = ["header", "first segment", "middle", "end", "truncated", "missing"];

    [Fact]
    public async Task GetBlob_ObjectDamaged_NeverGivesWrongBytes()
    {
        // Each size once, so that the files can be told apart.
        var blobs = Damages.Select((_, index) => Content.Blob(BlobBytes * (index + 1))).ToList();
        var whole = Content.Blob(1000);
        await using (var server = await ServerProcess.StartAsync(Options))
        {
            using var client = server.CreateClient();
            foreach (var blob in blobs.Append(whole))
                Assert.Equal(201, (await client.PushBlobAsync(Repository, blob)).Code);
            Assert.Equal(0, await server.TerminateAsync());
        }
        foreach (var (blob, damage) in blobs.Zip(Damages))
            Damage(ObjectOf(blob), damage);

        await using var next = await ServerProcess.StartAsync(Options);
        using var reader = next.CreateClient();
        foreach (var (blob, damage) in blobs.Zip(Damages))
        {
            Log(damage);
            await AssertNeverWrongAsync(reader, blob);
        }
        await AssertPullableAsync(reader, Repository, whole);

        var verify = await next.CommandAsync("verify", "--deep");
        Assert.True(verify.ExitCode != 0, $"verify --deep found nothing:\n{verify.AllOutput}");
    }

    private static async Task AssertNeverWrongAsync(RegistryClient client, TestBlob blob)
    {
        var received = new MemoryStream();
        var complete = false;
        try
        {
            using var answer = await client.OpenAsync(BlobCalls.BlobPath(Repository, blob.Digest));
            if (!answer.IsSuccessStatusCode)
            {
                Assert.True((int)answer.StatusCode >= 400, $"Unexpected {answer.StatusCode}.");
                return;
            }
            await using var body = await answer.Content.ReadAsStreamAsync();
            await body.CopyToAsync(received);
            complete = true;
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            // An aborted transfer is how HTTP says that the rest will not come.
        }
        Assert.False(complete, "The transfer of a damaged object ended as if it were whole.");
        Assert.True(blob.Content.AsSpan().StartsWith(received.ToArray()), "Wrong bytes were served.");
    }

    private string ObjectOf(TestBlob blob)
    {
        var candidates = Directory.EnumerateFiles(ObjectsDirectory, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length is var length && length >= blob.SizeBytes && length < blob.SizeBytes + BlobBytes);
        return Assert.Single(candidates);
    }

    private static void Damage(string path, string damage)
    {
        var length = new FileInfo(path).Length;
        switch (damage)
        {
            case "missing":
                File.Delete(path);
                return;
            case "truncated":
                using (var file = File.OpenWrite(path))
                    file.SetLength(length / 2);
                return;
            default:
                FlipByte(path, damage switch { "header" => 9, "first segment" => 5000, "middle" => length / 2, _ => length - 1 });
                return;
        }
    }

    private static void FlipByte(string path, long offset)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x01));
    }
}
