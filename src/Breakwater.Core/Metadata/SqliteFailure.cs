using Breakwater.Oci;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

/// <summary>What SQLite's result codes mean here. https://sqlite.org/rescode.html</summary>
internal static class SqliteFailure
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Constraint = 19, NotADatabase = 26;
    private const int IoErrorFsync = 1034, IoErrorDirFsync = 1290;

    /// <summary>After these SQLite may have rolled the whole transaction back. https://sqlite.org/lang_transaction.html section 3</summary>
    public static bool EndsTransaction(SqliteException e) => e.SqliteErrorCode is Full or IoError or Busy or Corrupt or NotADatabase or ReadOnly;

    /// <summary>
    /// A failed fsync is final: the kernel may have dropped the pages and cleared the error, so that a second fsync would succeed
    /// over lost data. Recovery starts from what the disk holds.
    /// </summary>
    public static bool IsFatal(SqliteException e) =>
        e.SqliteExtendedErrorCode is IoErrorFsync or IoErrorDirFsync || e.SqliteErrorCode is Corrupt or NotADatabase;

    public static OciException ToOciException(SqliteException e) => e.SqliteErrorCode switch
    {
        Full => new OciException(OciErrors.StorageFull, inner: e),
        Busy or Locked or ReadOnly or IoError or Corrupt or CannotOpen or NotADatabase => new OciException(OciErrors.Unavailable, inner: e),
        _ => new OciException(OciErrors.Internal, inner: e),
    };

    public static bool IsConstraint(SqliteException e) => e.SqliteErrorCode == Constraint;

    public static OciException Closed() => new(OciErrors.Unavailable, "The registry is stopping.");

    public static OciException Stopped() => new(OciErrors.Unavailable, "The registry has stopped writing.");
}
