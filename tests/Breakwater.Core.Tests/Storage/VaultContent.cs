namespace Breakwater.Core.Tests.Storage;

/// <param name="Piece">Bytes per write.</param>
public sealed record VaultContent(int Size, int Seed, int Piece)
{
    public byte[] Bytes()
    {
        var bytes = new byte[Size];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A place from 0 to <paramref name="end"/>, the same for the same content.</summary>
    public int Place(int end, int number) => (int)((uint)HashCode(number) % (uint)(end + 1));

    private int HashCode(int number) => new Random(Seed ^ (number * 7919)).Next();
}
