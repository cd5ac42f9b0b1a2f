namespace Breakwater.Core.Storage;

/// <summary>An object open for reading at any place. Stays readable when the object is deleted meanwhile.</summary>
public interface IBlobReader : IDisposable
{
    long Length { get; }

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/>.</summary>
    /// <returns>The bytes read; fewer than asked for only at the end.</returns>
    int Read(long offset, Span<byte> buffer);
}
