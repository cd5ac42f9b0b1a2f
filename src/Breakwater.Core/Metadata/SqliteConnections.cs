using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

/// <summary>Opens connections with the settings that durability and safety rest on.</summary>
internal static class SqliteConnections
{
    // secure_delete: rows of wrapped keys and password hashes leave no copy in free pages.
    // trusted_schema: a planted view or trigger must not call functions.
    // wal_autocheckpoint: 1,000 pages is SQLite's own default; the journal stays near 4 MB.
    // journal_size_limit: after a reader kept it from being reset it may have grown; it is cut back to 64 MB.
    private const string Common = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA busy_timeout=5000; PRAGMA cache_size=-16384;";

    public static SqliteConnection OpenWriter(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=67108864;" + Common);
        return connection;
    }

    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        Execute(connection, Common + "PRAGMA query_only=ON;");
        return connection;
    }

    public static SqliteConnection OpenNew(string path) => Open(path, SqliteOpenMode.ReadWriteCreate);

    /// <summary>Moves the journal's pages to the database and cuts it to nothing (PRAGMA wal_checkpoint(TRUNCATE)).</summary>
    /// <returns>False when somebody was reading an older state, or it could not be done now.</returns>
    public static bool TryTruncateJournal(string path)
    {
        try
        {
            return TruncateJournal(path);
        }
        catch (SqliteException)
        {
            // A full disk, or no descriptor left: nothing was lost, and the journal is cut another time.
            return false;
        }
    }

    private static bool TruncateJournal(string path)
    {
        using var connection = Open(path, SqliteOpenMode.ReadWrite);
        // secure_delete is no matter here: the pages that are moved are written as they stand in the journal.
        Execute(connection, "PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;");
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var row = command.ExecuteReader();
        return row.Read() && row.GetInt64(0) == 0;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();
        var connection = new SqliteConnection(text);
        connection.Open();
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is one of this assembly's constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
