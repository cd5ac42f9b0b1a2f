using Breakwater.Core.Repositories;

namespace Breakwater.Core.Blobs;

/// <summary>The right of one request to use a session.</summary>
internal readonly struct UploadLease(UploadSession session, Repository repository) : IDisposable
{
    public UploadSession Session => session;

    public Repository Repository => repository;

    public void Dispose() => session.Gate.Release();
}
