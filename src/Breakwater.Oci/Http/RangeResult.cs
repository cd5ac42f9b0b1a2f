namespace Breakwater.Oci;

/// <summary>What a <c>Range</c> header asks of content of a known size.</summary>
/// <param name="Kind">How to answer.</param>
/// <param name="Range">The bytes, clamped to the content; default unless <see cref="RangeKind.Satisfiable"/>.</param>
public readonly record struct RangeResult(RangeKind Kind, ByteRange Range);
