namespace Breakwater.Core.Network;

/// <summary>A successful answer of a registry elsewhere; its body is read by whoever takes it.</summary>
internal sealed class RemoteAnswer(HttpResponseMessage response) : IDisposable
{
    /// <summary>206: the body is the part that was asked for.</summary>
    public bool IsPartial => response.StatusCode == System.Net.HttpStatusCode.PartialContent;

    /// <summary>Where a part begins.</summary>
    public long? First => response.Content.Headers.ContentRange?.From;

    public string? ContentType => response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    public string? Header(string name) => response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    public async Task<Stream> OpenAsync(CancellationToken cancellationToken) => await response.Content.ReadAsStreamAsync(cancellationToken);

    /// <exception cref="RemoteException">It has more than <paramref name="limit"/> bytes, or breaks off.</exception>
    public Task<byte[]> ReadAsync(int limit, CancellationToken cancellationToken) => RemoteBody.ReadAsync(response, limit, cancellationToken);

    public void Dispose() => response.Dispose();
}
