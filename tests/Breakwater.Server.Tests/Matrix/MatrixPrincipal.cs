namespace Breakwater.Server.Tests.Matrix;

/// <summary>A column of the matrix.</summary>
/// <param name="Legacy">What it has where permissions open content.</param>
/// <param name="Abac">What it has where only data actions do.</param>
/// <param name="Planes">What it has outside of content, in both modes.</param>
internal sealed record MatrixPrincipal(string Name, Need Legacy, Need Abac, Need Planes = Need.Nothing)
{
    /// <summary>What it has as what it is, wherever its roles were given.</summary>
    public Need Kind { get; init; } = Need.Member | Need.AnyRole;

    /// <param name="given">Where its role was given: s (subscription), g (resource group), r (registry).</param>
    /// <param name="where">Where an endpoint acts: the same.</param>
    public bool Has(Need need, bool abac, char given, char where)
    {
        var content = (abac ? Abac : Legacy) | Need.SignIn | Kind;
        var planes = "sgr".IndexOf(given, StringComparison.Ordinal) <= "sgr".IndexOf(where, StringComparison.Ordinal) ? Planes : Need.Nothing;
        return (need & ~(content | planes)) == 0;
    }
}
