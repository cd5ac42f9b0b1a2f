namespace Breakwater.Server.Tests.Matrix;

/// <summary>An endpoint of the matrix, with a request that works for whoever may send it.</summary>
/// <param name="Methods">As in the route table.</param>
/// <param name="Where">Where it acts: s (the whole installation), g (resource group), r (registry).</param>
/// <param name="Make">The request about some things that exist.</param>
internal sealed record MatrixRow(string Methods, string Route, Need Need, char Where, Func<Targets, Sent> Make)
{
    /// <summary>Makes what the request uses up; null when it uses up nothing.</summary>
    public Func<MatrixTargets, Targets, Task<Targets>>? Fresh { get; init; }

    /// <summary>Whether whoever may send it changes what the database holds.</summary>
    public bool Changes { get; init; }

    /// <summary>What it asks for cannot be there beforehand, so that 404 is what whoever may ask gets.</summary>
    public bool FindsNothing { get; init; }

    /// <summary>A change that all later requests would feel.</summary>
    public Func<Targets, Sent>? Undo { get; init; }

    public override string ToString() => $"{Methods} {Route}";
}
