using System.Text;

namespace Breakwater.Fuzz;

/// <summary>Changes inputs as a fuzzer does, the same ones in every run: what fails once fails again.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus, IReadOnlyList<string> words, ulong seed)
{
    private const int MaxChanges = 5, MaxLength = 20_000;

    // xorshift64*: System.Random's sequence may change with the runtime.
    private ulong _state = seed | 1;

    public byte[] Next()
    {
        var input = new List<byte>(corpus[Below(corpus.Count)]);
        for (var changes = 1 + Below(MaxChanges); changes > 0; changes--)
            Change(input);
        return input.Count > MaxLength ? [.. input.Take(MaxLength)] : [.. input];
    }

    private void Change(List<byte> input)
    {
        var at = Below(input.Count + 1);
        switch (Below(7))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << Below(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)Below(256);
                break;
            case 2:
                input.RemoveRange(at, Math.Min(Below(8), input.Count - at));
                break;
            case 3:
                input.InsertRange(at, Slice([.. input]));
                break;
            case 4:
                input.InsertRange(at, Slice(corpus[Below(corpus.Count)]));
                break;
            case 5 when at < input.Count:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                input.InsertRange(at, Encoding.UTF8.GetBytes(words[Below(words.Count)]));
                break;
        }
    }

    private byte[] Slice(byte[] from)
    {
        var start = Below(from.Length + 1);
        return from[start..(start + Below(from.Length - start + 1))];
    }

    private int Below(int limit)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)((_state * 2685821657736338717UL >> 33) % (ulong)limit);
    }
}
