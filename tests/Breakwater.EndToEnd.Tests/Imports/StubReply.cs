namespace Breakwater.EndToEnd.Tests.Imports;

/// <param name="Body">As it is announced.</param>
internal sealed record StubReply(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    /// <summary>After so many bytes the connection ends; null: after all of them.</summary>
    public int? CutAfter { get; init; }

    public TimeSpan Delay { get; init; }
}
