using System.Net;
using System.Net.Sockets;
using Breakwater.LoadHarness.Http;

namespace Breakwater.LoadHarness.Targets;

/// <summary>One kind of registry server: how to start it, how to sign in, how to fill it.</summary>
internal abstract class RegistryTarget(string name, string workFolder)
{
    public string Name => name;

    /// <summary>Whether what comes back is what was pushed; only the null server answers no.</summary>
    public virtual bool KeepsContent => true;

    protected string WorkFolder => workFolder;

    /// <summary>Starts the server on an existing data folder; it need not be ready yet.</summary>
    public abstract RunningServer Start(string dataFolder, bool tls);

    /// <summary>Sets what is to be set of a server that answers, before anything is measured.</summary>
    public virtual void Set(Endpoint endpoint)
    {
    }

    /// <summary>The Authorization header's value for a scope, or null where the server asks for none.</summary>
    public virtual string? Authorize(Endpoint endpoint, params IReadOnlyList<string> scopes) => null;

    /// <summary>Writes a preloaded data folder directly, or answers false: then it is filled over HTTP.</summary>
    public virtual bool WriteData(DataSet dataSet, string dataFolder) => false;

    protected static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    protected string LogFile()
    {
        Directory.CreateDirectory(workFolder);
        return Path.Combine(workFolder, name + ".log");
    }
}
