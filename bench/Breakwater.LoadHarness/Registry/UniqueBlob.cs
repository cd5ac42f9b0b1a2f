namespace Breakwater.LoadHarness.Registry;

/// <summary>A blob that no server has seen before: a long body shared by all blobs of its size, and an end of its own.</summary>
internal readonly record struct UniqueBlob(ReadOnlyMemory<byte> Shared, ReadOnlyMemory<byte> Own, string Digest)
{
    public long SizeBytes => Shared.Length + Own.Length;
}
