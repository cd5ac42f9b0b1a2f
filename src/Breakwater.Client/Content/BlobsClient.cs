using System.Net.Http.Headers;
using Breakwater.Client.Errors;
using Breakwater.Client.Transport;
using Breakwater.Oci;

namespace Breakwater.Client.Content;

/// <summary>Small blobs, whole. Distribution specification, "Pushing a blob monolithically".</summary>
public sealed class BlobsClient(ContentApi api)
{
    /// <returns>The digest.</returns>
    public async Task<string> PushAsync(RepositoryName repository, byte[] bytes, CancellationToken stop)
    {
        var (digest, scope) = (Sha256.Of(bytes), ContentScope.Of(repository, "pull,push"));
        using var begun = await api.SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/", scope, null, stop);
        await Answers.RequireAsync(begun, stop);
        var location = begun.Headers.Location ?? throw new BreakwaterException(ErrorKind.Failed, "The registry does not say where to upload to.", "Is this a container registry?");
        var target = $"{location}{(location.OriginalString.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={digest}";
        var content = () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var done = await api.SendAsync(HttpMethod.Put, target, scope, content, stop);
        await Answers.RequireAsync(done, stop);
        return digest;
    }

    /// <param name="maxBytes">More is an error.</param>
    public async Task<byte[]> PullAsync(RepositoryName repository, string digest, int maxBytes, CancellationToken stop)
    {
        using var answer = await api.SendAsync(HttpMethod.Get, $"/v2/{repository}/blobs/{digest}", ContentScope.Of(repository, "pull"), null, stop);
        await Answers.RequireAsync(answer, stop);
        return await Bodies.ReadAsync(answer, maxBytes, stop);
    }
}
