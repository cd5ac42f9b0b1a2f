using System.Security.Cryptography;
using System.Text;
using Breakwater.Core.Metadata;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>Everything that the database holds but the audit log, in one line per table.</summary>
internal static class MatrixState
{
    public static Task<string> ReadAsync(IMetadataDatabase database) => database.ReadAsync(async db =>
    {
        var state = new StringBuilder();
        // What was refused is written down, so the log changes by every request.
        foreach (var table in await RowsAsync("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'audit%' ORDER BY name"))
            state.Append($"{table} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', await RowsAsync($"SELECT * FROM \"{table}\"")))))}\n");
        return state.ToString();

        async Task<List<string>> RowsAsync(string sql)
        {
            using var command = db.CreateCommand();
            command.CommandText = sql;
            using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}")));
            return rows;
        }
    });
}
