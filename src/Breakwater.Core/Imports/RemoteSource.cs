using Breakwater.Core.Network;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>A repository of a registry elsewhere.</summary>
internal sealed class RemoteSource(RemoteRegistry registry, ImportLimits limits, TimeProvider clock) : IImportSource
{
    // Of lists of referrers; each may name as many as the import takes and more.
    private const int MaxPages = 20;

    private static readonly string[] Manifests = [MediaTypes.OciIndex, MediaTypes.DockerManifestList, MediaTypes.OciManifest, MediaTypes.DockerManifest, MediaTypes.OciArtifactManifest];

    public async Task<SourceManifest?> FindManifestAsync(ManifestReference reference, CancellationToken cancellationToken) => await RetryAsync(async () =>
    {
        using var answer = await registry.GetAsync($"manifests/{reference}", Manifests, offset: null, cancellationToken);
        return answer is null ? null : new SourceManifest(await answer.ReadAsync(ManifestParser.MaxSizeBytes, cancellationToken), answer.ContentType);
    }, cancellationToken);

    public async Task<Stream> OpenBlobAsync(Digest digest, long offset, CancellationToken cancellationToken)
    {
        RemoteAnswer? answer = null;
        try
        {
            answer = await registry.GetAsync($"blobs/{digest}", ["*/*"], offset == 0 ? null : offset, cancellationToken)
                ?? throw new OciException(ImportErrors.SourceInvalid, $"The source has no blob {digest}, which its manifest names.");
            return await PlaceAsync(answer, offset, cancellationToken);
        }
        catch (Exception e)
        {
            answer?.Dispose();
            if (e is RemoteException remote)
                throw remote.Failure == RemoteFailure.Passing ? new IOException(remote.Message, remote) : Translate(remote);
            throw;
        }
    }

    // A source that knows no ranges sends all of it again.
    private static async Task<Stream> PlaceAsync(RemoteAnswer answer, long offset, CancellationToken cancellationToken)
    {
        if (answer.IsPartial && answer.First != offset)
            throw new OciException(ImportErrors.SourceInvalid, "The source sent another range than it was asked for.");
        var stream = await answer.OpenAsync(cancellationToken);
        if (!answer.IsPartial)
            await SkipAsync(stream, offset, cancellationToken);
        return stream;
    }

    public async Task<IReadOnlyList<Digest>> ListReferrersAsync(Digest subject, int limit, CancellationToken cancellationToken)
    {
        var found = new List<Digest>();
        string? next = $"referrers/{subject}";
        for (var page = 0; next is not null && page < MaxPages && found.Count < limit; page++)
            next = await ReadPageAsync(next, found, cancellationToken);
        if (found.Count > 0)
            return found;
        // Registries without that interface: clients keep the list under a tag (distribution specification, "Referrers Tag Schema").
        var list = await FindManifestAsync(ManifestReference.Parse($"{subject.Value.Replace(':', '-')}"[..Math.Min(subject.Value.Length, 71)]), cancellationToken);
        if (list is not null)
            found.AddRange(DigestsOf(list.Body));
        return found;
    }

    private async Task<string?> ReadPageAsync(string tail, List<Digest> found, CancellationToken cancellationToken) => await RetryAsync(async () =>
    {
        using var answer = await registry.GetAsync(tail, [MediaTypes.OciIndex], offset: null, cancellationToken);
        if (answer is null)
            return null;
        found.AddRange(DigestsOf(await answer.ReadAsync(ManifestParser.MaxSizeBytes, cancellationToken)));
        return NextOf(answer.Header("Link"));
    }, cancellationToken);

    // <path?query>; rel="next", of the same origin: a link elsewhere is not followed.
    private static string? NextOf(string? link) =>
        link is not null && link.StartsWith("</v2/", StringComparison.Ordinal) && link.IndexOf('>', StringComparison.Ordinal) is > 0 and var end && link.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase) ? link[1..end] : null;

    private static IEnumerable<Digest> DigestsOf(ReadOnlyMemory<byte> index)
    {
        try
        {
            return [.. ManifestParser.Parse(index, MediaTypes.OciIndex).Edges.Where(edge => edge.Kind == EdgeKind.Child).Select(edge => edge.Target)];
        }
        catch (OciException)
        {
            // Whatever stands under that name is no such list.
            return [];
        }
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (RemoteException e) when (e.Failure == RemoteFailure.Passing && attempt < limits.Retries)
            {
                await Task.Delay(limits.RetryDelay * (1 << attempt), clock, cancellationToken);
            }
            catch (RemoteException e)
            {
                throw Translate(e);
            }
        }
    }

    private static async Task SkipAsync(Stream stream, long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken);
            if (read == 0)
                throw new IOException("The source's answer broke off.");
            count -= read;
        }
    }

    internal static OciException Translate(RemoteException e) => new(
        e.Failure == RemoteFailure.Unauthorized ? ImportErrors.SourceUnauthorized : ImportErrors.SourceUnreachable,
        e.Failure == RemoteFailure.Unauthorized ? null : e.Message, inner: e);
}
