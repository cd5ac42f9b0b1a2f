using System.Formats.Tar;
using System.IO.Compression;

namespace Breakwater.Testing.Images;

/// <summary>Content that nobody has pushed before, from a seed that a failed test prints.</summary>
public sealed class RandomContent(int seed)
{
    private readonly Random random = new(seed);

    public Random Random => random;

    public TestBlob Blob(int sizeBytes) => TestBlob.Of(Bytes(sizeBytes));

    public byte[] Bytes(int sizeBytes)
    {
        var content = new byte[sizeBytes];
        random.NextBytes(content);
        return content;
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>A layer as a build tool makes it: a tar file with one file of random content.</summary>
    public byte[] LayerTar(string fileName, int fileSizeBytes)
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, fileName)
            {
                DataStream = new MemoryStream(Bytes(fileSizeBytes)),
                ModificationTime = DateTimeOffset.UnixEpoch,
                Mode = (UnixFileMode)0b110_100_100,
            });
        }
        return buffer.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return buffer.ToArray();
    }
}
