using Breakwater.Core.Installation;
using Breakwater.Core.Metadata;
using Breakwater.Core.Storage;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Work;

/// <summary>
/// Copies an installation while it is used, and puts a copy back. Content stays sealed; the key-encryption key and the TLS keys are not
/// in it and must be kept elsewhere.
/// </summary>
public sealed class Backups(DataDirectory directory, SqliteDatabase database, CleanUp cleanUp, Guid installationId)
{
    /// <summary>Copies the database at one moment and every object that it means.</summary>
    /// <returns>How many objects were copied.</returns>
    /// <exception cref="WrongVolumeException">The target is not empty.</exception>
    public async Task<int> CreateAsync(string target, CancellationToken cancellationToken)
    {
        var copy = new DataDirectory(target);
        RefuseUnlessEmpty(copy);
        copy.Create();
        // Files that the copied rows mean must stay until they are copied.
        await cleanUp.FileGate.WaitAsync(cancellationToken);
        try
        {
            database.BackupTo(copy.Database);
            SqliteDatabase.Settle(copy.Database);
            SyncFile(copy.Database);
            return await CopyObjectsAsync(directory, copy, installationId, cancellationToken);
        }
        finally
        {
            cleanUp.FileGate.Release();
        }
    }

    /// <summary>Puts a backup into an empty data directory. The key file must be put there by the operator.</summary>
    /// <returns>How many objects were copied.</returns>
    /// <exception cref="WrongVolumeException">The source is no backup, or the target is not empty.</exception>
    public static async Task<int> RestoreAsync(string source, DataDirectory target, CancellationToken cancellationToken)
    {
        var copy = new DataDirectory(source);
        if (!copy.IsInstalled)
            throw new WrongVolumeException($"{copy.Path} is no complete backup: it has no installation.json.");
        if (target.IsInstalled || File.Exists(target.InitializingFile) || File.Exists(target.Database) || Directory.Exists(target.Objects))
            throw new WrongVolumeException($"{target.Path} already holds an installation. Restore into an empty data directory.");
        if (!File.Exists(target.KeyFile))
            throw new WrongVolumeException($"The key file {target.KeyFile} is missing. A backup does not contain it: put the original there, or name it with --key-file.");
        target.Create();
        try
        {
            await CopyAsync(copy.Database, target.Database, cancellationToken);
            return await CopyObjectsAsync(copy, target, InstallationFile.Read(copy.InstallationFile).Id, cancellationToken);
        }
        catch
        {
            RemoveParts(target);
            throw;
        }
    }

    private static async Task<int> CopyObjectsAsync(DataDirectory from, DataDirectory to, Guid installationId, CancellationToken cancellationToken)
    {
        FileSystemDriver.Create(to.Objects, installationId);
        var names = ReadNames(to.Database);
        foreach (var name in names)
        {
            var place = Path.Combine(name[30..], name);
            await CopyAsync(Path.Combine(from.Objects, place), Path.Combine(to.Objects, place), cancellationToken);
        }
        foreach (var folder in Directory.EnumerateDirectories(to.Objects))
            DurableFile.SyncDirectory(folder);
        new InstallationFile(installationId, InstallationFile.CurrentLayout).Write(to.InstallationFile);
        return names.Count;
    }

    private static List<string> ReadNames(string path)
    {
        using var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        return db.Query<string>("SELECT id FROM object UNION SELECT part_id FROM object_part UNION SELECT object_id FROM upload_run WHERE size_bytes IS NOT NULL").AsList();
    }

    private static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = File.OpenRead(from);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        await source.CopyToAsync(target, cancellationToken);
        await target.FlushAsync(cancellationToken);
        DurableFile.Sync(target.SafeFileHandle, to);
    }

    // All of it was made by the restore that failed: the target was empty.
    private static void RemoveParts(DataDirectory target)
    {
        File.Delete(target.Database);
        if (Directory.Exists(target.Objects))
            Directory.Delete(target.Objects, recursive: true);
    }

    private static void SyncFile(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        DurableFile.Sync(file, path);
    }

    private static void RefuseUnlessEmpty(DataDirectory target)
    {
        if (Directory.Exists(target.Path) && Directory.EnumerateFileSystemEntries(target.Path).Any())
            throw new WrongVolumeException($"{target.Path} is not empty. Name a new directory for the backup.");
    }
}
