using System.Globalization;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.Faults.Tests.Suite;

/// <summary>What a client does after its connection broke.</summary>
internal static class Uploads
{
    /// <summary>The bytes that the server has of an upload, by its status.</summary>
    public static async Task<(int Offset, string Location)> StatusAsync(RegistryClient client, string location)
    {
        var status = await client.GetAsync(location);
        Assert.True(status.Code == 204, $"Upload status: {status}");
        return (OffsetOf(status), status.Location!);
    }

    public static int OffsetOf(RegistryReply reply)
    {
        // "0-0" says one byte or none: the protocol has no other word for an empty upload.
        var range = reply.Header("Range");
        Assert.NotNull(range);
        var last = int.Parse(range["0-".Length..], CultureInfo.InvariantCulture);
        return last == 0 ? 0 : last + 1;
    }

    /// <summary>Asks where the server stands, sends the rest and finishes.</summary>
    public static async Task<RegistryReply> ResumeAsync(RegistryClient client, string location, TestBlob blob, int atLeast = 0)
    {
        var (offset, next) = await StatusAsync(client, location);
        Assert.InRange(offset, atLeast, blob.SizeBytes);
        if (offset < blob.SizeBytes)
        {
            var rest = await client.PatchAsync(next, blob.Content[offset..], offset);
            Assert.True(rest.Code == 202, $"Resuming at {offset}: {rest}");
            next = rest.Location!;
        }
        return await client.FinishUploadAsync(next, blob.Digest);
    }
}
