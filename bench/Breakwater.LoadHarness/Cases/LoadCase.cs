using Breakwater.LoadHarness.Measure;
using Breakwater.LoadHarness.Registry;
using Breakwater.LoadHarness.Targets;

namespace Breakwater.LoadHarness.Cases;

/// <summary>A case that repeats one operation on several connections.</summary>
internal abstract class LoadCase : BenchCase
{
    private static readonly TimeSpan LaterWarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Scopes of the token that every connection presents.</summary>
    public abstract IReadOnlyList<string> Scopes { get; }

    /// <summary>Content bytes that one operation moves.</summary>
    public virtual long BytesPerOperation => 0;

    /// <summary>Connections; null for the option's default by size.</summary>
    public int? Connections { get; init; }

    /// <summary>Runs each connection this often, without warm-up, instead of for a time.</summary>
    public int? FixedOperations { get; init; }

    public sealed override void Prepare(TargetSession session)
    {
        using var client = Connect(session);
        Prepare(client);
    }

    public sealed override Measurement Measure(TargetSession session, bool first, HarnessOptions options)
    {
        var authorization = session.Authorize(Scopes);
        var plan = new LoadPlan(
            Connections ?? (BytesPerOperation >= 1024 * 1024 ? options.LargeConnections : options.Connections),
            first ? options.WarmUp : LaterWarmUp,
            FixedOperations is null ? null : 0,
            options.Window,
            FixedOperations);
        var loop = new LoadLoop(plan, session.Server.Pid, () => new RegistryClient(session.Server.Endpoint, authorization), Operate);
        var measurement = loop.Run(BytesPerOperation);
        if (session.Target.KeepsContent)
        {
            using var client = Connect(session);
            Check(client);
        }

        return measurement;
    }

    /// <summary>Puts the content there that the operation reads.</summary>
    protected virtual void Prepare(RegistryClient client)
    {
    }

    /// <summary>The timed operation; called concurrently, one client per caller.</summary>
    protected abstract void Operate(RegistryClient client);

    /// <summary>Verifies a sample by digest, outside the timed window.</summary>
    protected virtual void Check(RegistryClient client)
    {
    }

    private RegistryClient Connect(TargetSession session) => new(session.Server.Endpoint, session.Authorize(Scopes));
}
