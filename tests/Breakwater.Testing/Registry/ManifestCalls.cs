using Breakwater.Testing.Images;

namespace Breakwater.Testing.Registry;

/// <summary>Manifests, tags and referrers.</summary>
public static class ManifestCalls
{
    private static readonly (string, string)[] AcceptAll = [.. MediaType.Manifests.Select(type => ("Accept", type))];

    public static string ManifestPath(string repository, string reference) => $"/v2/{repository}/manifests/{reference}";

    public static Task<RegistryReply> GetManifestAsync(this RegistryClient client, string repository, string reference) =>
        client.GetAsync(ManifestPath(repository, reference), AcceptAll);

    public static Task<RegistryReply> HeadManifestAsync(this RegistryClient client, string repository, string reference) =>
        client.HeadAsync(ManifestPath(repository, reference), AcceptAll);

    public static Task<RegistryReply> DeleteManifestAsync(this RegistryClient client, string repository, string reference) =>
        client.DeleteAsync(ManifestPath(repository, reference));

    /// <param name="client">The client.</param>
    /// <param name="repository">Where to.</param>
    /// <param name="reference">A tag or a digest.</param>
    /// <param name="manifest">What.</param>
    public static Task<RegistryReply> PutManifestAsync(this RegistryClient client, string repository, string reference, TestManifest manifest) =>
        client.SendAsync(HttpMethod.Put, ManifestPath(repository, reference), manifest.Body, manifest.MediaType);

    /// <summary>Pushes the blobs of a manifest and the manifest; stops at the first answer that is not 201.</summary>
    public static async Task<RegistryReply> PushAsync(this RegistryClient client, string repository, string reference, TestManifest manifest)
    {
        foreach (var blob in manifest.Blobs)
        {
            var reply = await client.PushBlobAsync(repository, blob);
            if (reply.Code != 201)
                return reply;
        }
        return await client.PutManifestAsync(repository, reference, manifest);
    }

    public static Task<RegistryReply> GetTagsAsync(this RegistryClient client, string repository) => client.GetAsync($"/v2/{repository}/tags/list");

    /// <returns>The tags, empty when the repository does not exist.</returns>
    public static async Task<IReadOnlyList<string>> TagsAsync(this RegistryClient client, string repository)
    {
        var reply = await client.GetTagsAsync(repository);
        return reply.Code == 404 ? [] : [.. (reply.Json!["tags"]?.AsArray() ?? []).Select(tag => (string)tag!)];
    }

    public static Task<RegistryReply> GetReferrersAsync(this RegistryClient client, string repository, string digest, string? artifactType = null) =>
        client.GetAsync($"/v2/{repository}/referrers/{digest}" + (artifactType is null ? "" : "?artifactType=" + Uri.EscapeDataString(artifactType)));

    public static async Task<IReadOnlyList<string>> ReferrersAsync(this RegistryClient client, string repository, string digest)
    {
        var reply = await client.GetReferrersAsync(repository, digest);
        return [.. reply.Json!["manifests"]!.AsArray().Select(entry => (string)entry!["digest"]!)];
    }
}
