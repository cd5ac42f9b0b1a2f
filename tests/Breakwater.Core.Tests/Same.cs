namespace Breakwater.Core.Tests;

/// <summary>Compares long contents at once: element by element takes seconds.</summary>
internal static class Same
{
    public static void Bytes(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual) =>
        Assert.True(expected.Span.SequenceEqual(actual.Span), $"{actual.Length} bytes are not the {expected.Length} expected ones.");
}
