using Breakwater.LoadHarness.Http;

namespace Breakwater.LoadHarness.Targets;

/// <summary>A server that stores nothing and computes nothing, in a process of its own: what it reaches is the client's ceiling.</summary>
internal sealed class NullTarget(string workFolder) : RegistryTarget("null", workFolder)
{
    public override bool KeepsContent => false;

    public override RunningServer Start(string dataFolder, bool tls)
    {
        var endpoint = new Endpoint(FreePort(), tls);
        var log = LogFile();
        var certificate = tls ? ServerCertificate.Write(WorkFolder) : default;
        string[] command =
        [
            Environment.ProcessPath!, .. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
                ? new[] { Environment.GetCommandLineArgs()[0] } : [],
            NullServer.Command, $"{endpoint.Port}", .. tls ? new[] { certificate.Certificate, certificate.Key } : [],
        ];
        return RunningServer.Start(command, new Dictionary<string, string>(), log, endpoint);
    }
}
