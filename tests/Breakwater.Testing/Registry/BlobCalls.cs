using Breakwater.Testing.Images;

namespace Breakwater.Testing.Registry;

/// <summary>The blob part of the protocol, one call per request or per way to push.</summary>
public static class BlobCalls
{
    public static string BlobPath(string repository, string digest) => $"/v2/{repository}/blobs/{digest}";

    public static string UploadsPath(string repository) => $"/v2/{repository}/blobs/uploads/";

    public static Task<RegistryReply> GetBlobAsync(this RegistryClient client, string repository, string digest) =>
        client.GetAsync(BlobPath(repository, digest));

    public static Task<RegistryReply> HeadBlobAsync(this RegistryClient client, string repository, string digest) =>
        client.HeadAsync(BlobPath(repository, digest));

    public static Task<RegistryReply> DeleteBlobAsync(this RegistryClient client, string repository, string digest) =>
        client.DeleteAsync(BlobPath(repository, digest));

    public static Task<RegistryReply> StartUploadAsync(this RegistryClient client, string repository) =>
        client.SendAsync(HttpMethod.Post, UploadsPath(repository));

    public static Task<RegistryReply> MountAsync(this RegistryClient client, string repository, string digest, string? from) =>
        client.SendAsync(HttpMethod.Post, $"{UploadsPath(repository)}?mount={digest}" + (from is null ? "" : $"&from={Uri.EscapeDataString(from)}"));

    /// <summary>One chunk; without <paramref name="first"/> no <c>Content-Range</c> is sent.</summary>
    public static Task<RegistryReply> PatchAsync(this RegistryClient client, string location, byte[] chunk, long? first = null) =>
        client.SendAsync(HttpMethod.Patch, location, chunk, MediaType.Octets,
            first is null ? [] : [("Content-Range", $"{first}-{first + chunk.Length - 1}")]);

    /// <summary>Ends an upload, with the last chunk or none.</summary>
    public static Task<RegistryReply> FinishUploadAsync(this RegistryClient client, string location, string digest, byte[]? body = null) =>
        client.SendAsync(HttpMethod.Put, WithQuery(location, "digest", digest), body, MediaType.Octets);

    /// <summary>The usual push: POST, then PUT with the content.</summary>
    public static async Task<RegistryReply> PushBlobAsync(this RegistryClient client, string repository, TestBlob blob)
    {
        var start = await client.StartUploadAsync(repository);
        return start.Code == 202 ? await client.FinishUploadAsync(start.Location!, blob.Digest, blob.Content) : start;
    }

    /// <summary>The single request of the specification: POST with the digest and the content.</summary>
    public static Task<RegistryReply> PostBlobAsync(this RegistryClient client, string repository, TestBlob blob) =>
        client.SendAsync(HttpMethod.Post, $"{UploadsPath(repository)}?digest={blob.Digest}", blob.Content, MediaType.Octets);

    /// <summary>POST, a PATCH per chunk, PUT.</summary>
    public static async Task<RegistryReply> PushBlobChunkedAsync(this RegistryClient client, string repository, TestBlob blob, int chunkSizeBytes)
    {
        var reply = await client.StartUploadAsync(repository);
        for (var offset = 0; offset < blob.SizeBytes && reply.Code == 202; offset += chunkSizeBytes)
            reply = await client.PatchAsync(reply.Location!, blob.Content[offset..Math.Min(offset + chunkSizeBytes, blob.SizeBytes)], offset);
        return reply.Code == 202 ? await client.FinishUploadAsync(reply.Location!, blob.Digest) : reply;
    }

    public static string WithQuery(string location, string name, string value) =>
        location + (location.Contains('?', StringComparison.Ordinal) ? '&' : '?') + name + '=' + Uri.EscapeDataString(value);
}
