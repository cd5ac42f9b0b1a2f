using Breakwater.Server.Configuration;

namespace Breakwater.Server.Tests.Configuration;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Load_Nothing_GivesDefaults()
    {
        var loaded = SettingsLoader.Load([Flag("data", _folder.Path)], null, None);
        Assert.Empty(loaded.Errors);
        Assert.Equal(Path.Combine(_folder.Path, "keys", "service.key"), loaded.Settings.KeyFile);
        Assert.Equal("127.0.0.1:5000", loaded.Settings.Http?.ToString());
        Assert.Equal("data", Assert.Single(loaded.Origins.Keys).Name);
    }

    [Fact]
    public void Load_AllSources_FlagWinsOverEnvironmentOverFile()
    {
        _folder.Write("breakwater.json", """{ "gc-interval": "1m", "gc-lease": "1h", "gc-file-delay": "1s" }""");
        var environment = new Dictionary<string, string> { ["BREAKWATER_DATA"] = _folder.Path, ["BREAKWATER_GC_INTERVAL"] = "2m", ["BREAKWATER_GC_LEASE"] = "2h" };
        var loaded = SettingsLoader.Load([Flag("gc-interval", "3m")], null, environment);
        Assert.Empty(loaded.Errors);
        Assert.Equal((TimeSpan.FromMinutes(3), TimeSpan.FromHours(2), TimeSpan.FromSeconds(1)), (loaded.Settings.GcInterval, loaded.Settings.GcLease, loaded.Settings.GcFileDelay));
        Assert.Equal(["flag --gc-interval", "environment BREAKWATER_GC_LEASE", $"file {_folder.File("breakwater.json")}"], Origins(loaded, "gc-interval", "gc-lease", "gc-file-delay"));
    }

    [Fact]
    public void Load_FileWithCommentsListsAndTypes_IsRead()
    {
        var file = _folder.Write("my.json", """
            {
              // behind a proxy
              "allow-plaintext": true, "hosts": ["a.example", "b.example"], "max-connections": 100, /* in bytes */ "content-cache": 1048576,
              "tls-cert": "tls/server.pem",
            }
            """);
        var loaded = SettingsLoader.Load([], file, None);
        Assert.Empty(loaded.Errors);
        Assert.True(loaded.Settings.AllowPlaintext);
        Assert.Equal(["a.example", "b.example"], loaded.Settings.Hosts);
        Assert.Equal((100, 1L << 20), (loaded.Settings.MaxConnections, loaded.Settings.ContentCacheBytes));
        Assert.Equal(_folder.File("tls/server.pem"), loaded.Settings.TlsCert);
    }

    [Fact]
    public void Load_ManyMistakes_ReportsAllWithOriginAndRemedy()
    {
        var file = _folder.Write("my.json", """{ "gc-intervall": "1m", "gc-lease": {}, "http": "x", "http": "y", "owner-password": "hunter2" }""");
        var environment = new Dictionary<string, string> { ["BREAKWATER_DAAT"] = "x", ["BREAKWATER_LOG_FORMAT"] = "xml", ["BREAKWATER_CONFIG"] = file };
        var loaded = SettingsLoader.Load([Flag("max-connections", "-1")], null, environment);
        Assert.Equal(
            [
                "BREAKWATER_DAAT (environment): There is no such setting. Remove the variable, or did you mean BREAKWATER_DATA?",
                $"gc-intervall ({file}): There is no such setting. Remove the key, or did you mean gc-interval?",
                $"gc-lease = {{}} ({file}): The value is not a text, number, true, false or list of texts. Write a number with ms, s, m, h or d, such as 30s, 10m or 24h.",
                $"http = y ({file}): The key stands in the file twice. Remove one.",
                $"owner-password = *** ({file}): A secret does not belong in this file. Use the environment variable BREAKWATER_OWNER_PASSWORD.",
                $"http = x (file {file}): The port is missing. Write an IP address and a port, such as 127.0.0.1:5000 or [::1]:5000, or off.",
                "log-format = xml (environment BREAKWATER_LOG_FORMAT): This is not one of the choices. Write text or json.",
                "max-connections = -1 (flag --max-connections): This is not a whole number above zero. Write a whole number above zero.",
            ],
            loaded.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"http\" }")]
    [InlineData("")]
    public void Load_FileIsNoObject_IsAnError(string content)
    {
        var loaded = SettingsLoader.Load([], _folder.Write("my.json", content), None);
        Assert.Equal("config", Assert.Single(loaded.Errors).Key);
    }

    [Fact]
    public void Load_NamedFileIsMissing_IsAnError() =>
        Assert.Equal("config", Assert.Single(SettingsLoader.Load([], _folder.File("none.json"), None).Errors).Key);

    [Fact]
    public void Load_FileFoundThroughDataNamesOtherData_IsAnError()
    {
        _folder.Write("breakwater.json", """{ "data": "/elsewhere" }""");
        Assert.Equal("data", Assert.Single(SettingsLoader.Load([Flag("data", _folder.Path)], null, None).Errors).Key);
    }

    [Fact]
    public void Load_VariablesOfKubernetesAndEmptyOnes_AreLeftAlone()
    {
        var environment = new Dictionary<string, string>
        {
            ["BREAKWATER_DATA"] = _folder.Path,
            ["BREAKWATER_PORT"] = "tcp://10.0.0.1:5000",
            ["BREAKWATER_PORT_5000_TCP_ADDR"] = "10.0.0.1",
            ["BREAKWATER_SERVICE_HOST"] = "10.0.0.1",
            ["BREAKWATER_CLI_PASSWORD"] = "the command line's",
            ["BREAKWATER_CONFIG_DIR"] = "/home/me/.config/breakwater",
            ["BREAKWATER_HTTP"] = "",
            ["PATH"] = "/bin",
        };
        Assert.Empty(SettingsLoader.Load([], null, environment).Errors);
    }

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyDictionary<string, string> None => new Dictionary<string, string>();

    private static SettingSource Flag(string name, string text) => new(SettingKeys.Find(name)!, text, $"flag --{name}");

    private static IEnumerable<string> Origins(LoadedSettings loaded, params string[] names) => names.Select(name => loaded.Origins[SettingKeys.Find(name)!]);
}
