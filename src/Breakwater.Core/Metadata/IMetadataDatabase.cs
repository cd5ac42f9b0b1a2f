using System.Data.Common;

namespace Breakwater.Core.Metadata;

/// <summary>
/// The metadata database. One schema, at most two dialects; SQL stands beside the records it fills.
/// </summary>
public interface IMetadataDatabase : IAsyncDisposable
{
    /// <summary>Runs <paramref name="query"/> without the right to write. Each statement sees one committed state, with every write that had completed.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query);

    /// <summary>
    /// Runs <paramref name="work"/> as one transaction and completes after its commit is durable. An exception thrown by
    /// <paramref name="work"/> undoes what it did, and only that, and reaches the caller.
    /// </summary>
    /// <remarks>The work must be short and must not wait: other writers stand behind it.</remarks>
    /// <exception cref="Oci.OciException"><c>StorageFull</c> when the disk is full, <c>Unavailable</c> when the database cannot be written.</exception>
    Task<T> WriteAsync<T>(Func<DbConnection, T> work);

    /// <summary>
    /// Takes what was deleted out of every file of the database: rows are overwritten when they go, but a journal may still hold what they were.
    /// </summary>
    /// <returns>False when readers or writers were in the way; try again later.</returns>
    Task<bool> TryScrubAsync();

    /// <summary>Null while the database can be written; otherwise why not.</summary>
    string? WriteFailure { get; }
}
