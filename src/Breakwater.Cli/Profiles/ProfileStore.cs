using System.Text.Json;
using Breakwater.Client.Errors;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Profiles;

/// <summary>The profiles of this person. A file is replaced as a whole, and from its first byte readable by its owner only.</summary>
internal sealed class ProfileStore(string folder, TimeProvider clock)
{
    public const string DefaultName = "default";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public static string Check(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        ? name
        : throw new BreakwaterException(ErrorKind.Invalid, $"'{name}' cannot be the name of a profile.", "Use up to 64 letters, digits, '-' and '_'.");

    /// <returns>Null when there is none of this name.</returns>
    public Profile? Find(string name)
    {
        var path = PathOf(name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Profile>(File.ReadAllBytes(path), WireJson.Options) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BreakwaterException(ErrorKind.Failed, $"The profile {path} cannot be read: {e.Message}", "Sign in again with 'breakwater login', which writes it anew.", e);
        }
    }

    public IEnumerable<(string Name, Profile Profile)> All() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)
            .Select(name => (name, Find(name))).Where(pair => pair.Item2 is not null).Select(pair => (pair.name, pair.Item2!))
        : [];

    /// <summary>Until it is disposed no other run changes the profile.</summary>
    public async Task<IDisposable> TakeTurnAsync(string name, CancellationToken stop)
    {
        var path = Path.Combine(folder, $".{Check(name)}.lock");
        try
        {
            CreateFolder();
            return await ProfileTurn.TakeAsync(path, () => Create(path, FileMode.OpenOrCreate, FileShare.None), clock, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    public async Task SaveAsync(string name, Profile profile, CancellationToken stop)
    {
        using var turn = await TakeTurnAsync(name, stop);
        Write(name, profile);
    }

    /// <summary>In a turn.</summary>
    public void Write(string name, Profile profile)
    {
        var path = PathOf(name);
        try
        {
            var next = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.tmp");
            using (var file = Create(next))
                JsonSerializer.Serialize(file, profile, WireJson.Options);
            // Replacing needs something to replace; in one step, so that a second run reads the old one or the new one.
            Create(path, FileMode.OpenOrCreate).Dispose();
            File.Replace(next, path, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(string name, CancellationToken stop)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
            return false;
        using var turn = await TakeTurnAsync(name, stop);
        File.Delete(path);
        return true;
    }

    private string PathOf(string name) => Path.Combine(folder, Check(name) + ".json");

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static BreakwaterException Unwritable(string path, Exception inner) => new(
        ErrorKind.Failed, $"The sign-in cannot be kept in {path}: {inner.Message}", "Make the folder writable, or name another in BREAKWATER_CONFIG_DIR.", inner);

    private static FileStream Create(string path, FileMode mode = FileMode.CreateNew, FileShare share = FileShare.ReadWrite)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        // Windows keeps others out of a person's folder for configuration by itself.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
