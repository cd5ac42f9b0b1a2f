using System.Data.Common;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Tests.Metadata;

/// <summary>Does something before one of the reads.</summary>
internal sealed class Interleaved(IMetadataDatabase inner, int read, Func<Task> act) : IMetadataDatabase
{
    private int _reads;

    public string? WriteFailure => inner.WriteFailure;

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query)
    {
        if (Interlocked.Increment(ref _reads) == read)
            await act();
        return await inner.ReadAsync(query);
    }

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work) => inner.WriteAsync(work);

    public Task<bool> TryScrubAsync() => inner.TryScrubAsync();

    public ValueTask DisposeAsync() => default;
}
