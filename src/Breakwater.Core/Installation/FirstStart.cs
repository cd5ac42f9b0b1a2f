using System.Text;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;
using Dapper;

namespace Breakwater.Core.Installation;

/// <summary>Lays out a new installation. Until its last step a restart begins anew; after it nothing here runs again.</summary>
internal static class FirstStart
{
    public const string RegistryName = "local";

    /// <exception cref="WrongVolumeException">The directory holds parts of an installation that is not complete.</exception>
    public static async Task RunAsync(DataDirectory directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (File.Exists(directory.InitializingFile))
            RemoveParts(directory);
        else
            RefuseParts(directory);
        var id = Guid.NewGuid();
        DurableFile.Replace(directory.InitializingFile, Encoding.ASCII.GetBytes(id.ToString("N")));
        CreateKeyFile(directory);
        FileSystemDriver.Create(directory.Objects, id);
        await CreateRowsAsync(directory, id, clock, cancellationToken);
        new InstallationFile(id, InstallationFile.CurrentLayout).Write(directory.InstallationFile);
        Finish(directory);
    }

    /// <summary>Removes the marker of a first start that was cut off after its last step.</summary>
    public static void Finish(DataDirectory directory)
    {
        if (!File.Exists(directory.InitializingFile))
            return;
        File.Delete(directory.InitializingFile);
        DurableFile.SyncDirectory(directory.Path);
    }

    private static void CreateKeyFile(DataDirectory directory)
    {
        if (File.Exists(directory.KeyFile))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(directory.KeyFile)!);
        KeyFileProvider.Create(directory.KeyFile);
    }

    private static async Task CreateRowsAsync(DataDirectory directory, Guid id, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var database = SqliteDatabase.Open(directory.Database);
        var keys = new KeyRing(database, KeyFileProvider.Open(directory.KeyFile), clock);
        var registry = Guid.NewGuid();
        await database.WriteAsync(db => db.Execute(
            """
            INSERT INTO installation (id, created_at) VALUES (@id, @now);
            INSERT INTO registry (id, name, is_first, created_at) VALUES (@registry, @RegistryName, 1, @now);
            """,
            new { id, registry, RegistryName, now = clock.GetUtcNow() }));
        await keys.CreateAsync(id, cancellationToken);
        await keys.CreateAsync(registry, cancellationToken);
    }

    private static void RefuseParts(DataDirectory directory)
    {
        var found = new[] { directory.Database, directory.Objects }.Where(Path.Exists).ToList();
        if (found.Count > 0)
        {
            throw new WrongVolumeException(
                $"{directory.Path} has no installation.json, but it holds {string.Join(" and ", found)}. Nothing was changed. Mount the whole data directory, restore a backup, or move these away to start anew.");
        }
    }

    // Only what the interrupted start made: the object store carries its id, and a database that has no object store beside it was its
    // last step but one. The key file stays: it may be the operator's own.
    private static void RemoveParts(DataDirectory directory)
    {
        var interrupted = File.ReadAllText(directory.InitializingFile);
        var marker = Path.Combine(directory.Objects, FileSystemDriver.MarkerName);
        if (File.Exists(marker) && File.ReadAllText(marker) != interrupted)
            throw new WrongVolumeException($"{directory.Path} holds the mark of an interrupted first start, but the objects of another installation. Nothing was changed. Restore its installation.json, or move everything away to start anew.");
        if (!File.Exists(marker) && File.Exists(directory.Database))
            throw new WrongVolumeException($"{directory.Path} holds a database without its objects. Nothing was changed. Mount the whole data directory, or move it away to start anew.");
        foreach (var suffix in new[] { "", "-wal", "-shm" })
            File.Delete(directory.Database + suffix);
        if (Directory.Exists(directory.Objects))
            Directory.Delete(directory.Objects, recursive: true);
    }
}
