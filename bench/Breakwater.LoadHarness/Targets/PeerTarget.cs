using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Preload;

namespace Breakwater.LoadHarness.Targets;

/// <summary>
/// Debian's docker-registry 2.8.2 on its file system driver with the memory cache that Debian's configuration has. In its favour: no
/// authentication, no access log, no health checks, no upload purging.
/// </summary>
internal sealed class PeerTarget(string workFolder) : RegistryTarget("docker-registry", workFolder)
{
    public override RunningServer Start(string dataFolder, bool tls)
    {
        var endpoint = new Endpoint(FreePort(), tls);
        var configuration = Path.Combine(WorkFolder, $"docker-registry-{endpoint.Port}.yml");
        var log = LogFile();
        File.WriteAllText(configuration, Configuration(dataFolder, endpoint));
        return RunningServer.Start(["docker-registry", "serve", configuration], new Dictionary<string, string>(), log, endpoint);
    }

    public override bool WriteData(DataSet dataSet, string dataFolder)
    {
        var layout = new PeerLayout(dataFolder);
        if (dataSet == DataSet.ManyTags)
            layout.WriteTags();
        else if (dataSet == DataSet.ManyRepositories)
            layout.WriteRepositories();
        return true;
    }

    private string Configuration(string dataFolder, Endpoint endpoint) =>
        $"""
        version: 0.1
        log:
          level: error
          accesslog:
            disabled: true
        storage:
          cache:
            blobdescriptor: inmemory
          filesystem:
            rootdirectory: {dataFolder}
          delete:
            enabled: true
          maintenance:
            uploadpurging:
              enabled: false
        catalog:
          maxentries: 1000000
        http:
          addr: {endpoint.Authority}
          secret: bench
        {Tls(endpoint)}
        """;

    private string Tls(Endpoint endpoint)
    {
        if (!endpoint.Tls)
            return "";
        var (certificate, key) = ServerCertificate.Write(WorkFolder);
        return
            $"""
              tls:
                certificate: {certificate}
                key: {key}
            """;
    }
}
