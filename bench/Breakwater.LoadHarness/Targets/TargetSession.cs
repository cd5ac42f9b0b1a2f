using System.Diagnostics;
using System.Net.Sockets;
using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Preload;
using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Targets;

/// <summary>A running server with its data folder. A preloaded folder is kept for the next run; an empty one is deleted at the end.</summary>
internal sealed class TargetSession : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly SessionData _data;
    private readonly bool _tls;

    private TargetSession(RegistryTarget target, SessionData data, bool tls)
    {
        Target = target;
        _data = data;
        _tls = tls;
        Server = target.Start(data.Folder, tls);
    }

    public RegistryTarget Target { get; }

    public RunningServer Server { get; private set; }

    public static TargetSession Open(RegistryTarget target, DataSet dataSet, bool tls, HarnessOptions options)
    {
        var data = SessionData.For(target, dataSet, options);
        if (!data.Complete && target.WriteData(dataSet, data.Folder))
            data.MarkComplete();
        var session = new TargetSession(target, data, tls);
        try
        {
            session.WaitUntilReady();
            target.Set(session.Server.Endpoint);
            session.FillOnce(dataSet);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public string? Authorize(IReadOnlyList<string> scopes) => Target.Authorize(Server.Endpoint, scopes);

    /// <summary>Stops the server, starts it again and answers how long it took from the start of the process to the first answer.</summary>
    public TimeSpan Restart()
    {
        Server.Dispose();
        var since = Stopwatch.GetTimestamp();
        Server = Target.Start(_data.Folder, _tls);
        WaitUntilReady();
        return Stopwatch.GetElapsedTime(since);
    }

    public void Dispose()
    {
        Server.Dispose();
        _data.Dispose();
    }

    private void FillOnce(DataSet dataSet)
    {
        if (_data.Complete)
            return;
        new HttpPreload(Target, Server.Endpoint).Fill(dataSet);
        _data.MarkComplete();
    }

    private void WaitUntilReady()
    {
        var since = Stopwatch.GetTimestamp();
        while (!Answers())
        {
            Server.ThrowIfEnded();
            if (Stopwatch.GetElapsedTime(since) > StartPatience)
                throw new HarnessException($"{Target.Name} did not answer within {StartPatience.TotalSeconds} s.");
            Thread.Sleep(5);
        }
    }

    private bool Answers()
    {
        try
        {
            using var client = new RegistryClient(Server.Endpoint, null);
            return client.Control("GET", "/v2/", "", BodyMode.Discard).Status is 200 or 401;
        }
        catch (Exception e) when (e is SocketException or IOException or HarnessException)
        {
            return false;
        }
    }
}
