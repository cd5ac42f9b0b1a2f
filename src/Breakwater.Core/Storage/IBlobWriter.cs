namespace Breakwater.Core.Storage;

/// <summary>An object that is being written, front to back. One caller at a time.</summary>
public interface IBlobWriter : IDisposable
{
    /// <exception cref="IOException">The bytes could not be written; the object must be discarded.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Makes the object and its name survive power loss.</summary>
    /// <exception cref="IOException">It may not survive; it must be discarded, and not be completed again.</exception>
    Task CompleteAsync();
}
