namespace Breakwater.LoadHarness.Targets;

/// <summary>A data folder: new and temporary, or preloaded and kept, with a marker beside it (never inside) once it is complete.</summary>
internal sealed class SessionData : IDisposable
{
    private readonly bool _kept;

    private SessionData(string folder, bool kept)
    {
        Folder = folder;
        _kept = kept;
    }

    public string Folder { get; }

    public bool Complete => !_kept || File.Exists(Marker);

    private string Marker => Folder + ".complete";

    public static SessionData For(RegistryTarget target, DataSet dataSet, HarnessOptions options)
    {
        var kept = dataSet != DataSet.Empty;
        var name = kept ? $"cache/{target.Name}-{dataSet}" : $"data/{target.Name}-{Guid.NewGuid():N}";
        var data = new SessionData(Path.Combine(options.WorkFolder, name), kept);
        if (kept && (options.Refresh || !data.Complete))
            data.Delete();
        Directory.CreateDirectory(data.Folder);
        return data;
    }

    public void MarkComplete()
    {
        if (_kept)
            File.WriteAllText(Marker, "");
    }

    public void Dispose()
    {
        if (!_kept)
            Delete();
    }

    private void Delete()
    {
        if (File.Exists(Marker))
            File.Delete(Marker);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
