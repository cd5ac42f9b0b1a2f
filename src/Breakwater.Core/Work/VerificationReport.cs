namespace Breakwater.Core.Work;

/// <param name="Objects">Objects whose files were looked at.</param>
/// <param name="Bytes">Plain bytes that were read and compared with their digests; 0 unless deep.</param>
/// <param name="Orphans">Files that no row means yet or any more: harmless, the sweeper takes them.</param>
/// <param name="Closed">Registries whose key may not be used now: their content was not looked at.</param>
public sealed record VerificationReport(IReadOnlyList<Finding> Findings, int Objects, long Bytes, int Orphans, int Closed = 0)
{
    public bool Holds => Findings.Count == 0;
}
