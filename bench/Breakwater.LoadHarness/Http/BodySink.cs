using System.Security.Cryptography;

namespace Breakwater.LoadHarness.Http;

/// <summary>Where body bytes go besides being counted; both may be null.</summary>
internal readonly record struct BodySink(MemoryStream? Kept, IncrementalHash? Hash)
{
    public void Take(ReadOnlySpan<byte> bytes)
    {
        Kept?.Write(bytes);
        Hash?.AppendData(bytes);
    }
}
