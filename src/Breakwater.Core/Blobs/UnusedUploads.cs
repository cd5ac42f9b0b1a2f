using System.Collections.Concurrent;

namespace Breakwater.Core.Blobs;

/// <summary>
/// Bounds what one principal can make the server remember by starting uploads and sending nothing: beyond the bound its oldest gives way
/// to its newest. Uploads with content cost disk, not memory, and have their lease.
/// </summary>
internal sealed class UnusedUploads
{
    /// <summary>Far more than any client holds at once between a POST and its first body.</summary>
    internal const int PerPrincipal = 1_000;

    private readonly ConcurrentDictionary<Guid, Queue<UploadSession>> _started = new();

    /// <returns>The principal's session that has had its time; it may be in use.</returns>
    public UploadSession? Add(UploadSession session)
    {
        var started = _started.GetOrAdd(session.PrincipalId, _ => new Queue<UploadSession>());
        lock (started)
        {
            // What ended meanwhile is not kept in memory for its turn.
            while (started.TryPeek(out var first) && first.IsClosed)
                started.Dequeue();
            started.Enqueue(session);
            return started.Count > PerPrincipal ? started.Dequeue() : null;
        }
    }
}
