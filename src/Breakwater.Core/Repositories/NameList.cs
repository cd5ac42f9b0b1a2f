using System.Buffers;
using System.Text;

namespace Breakwater.Core.Repositories;

/// <summary>
/// Names in byte order, kept as the JSON strings that an answer needs (<c>"a","b"</c>), so that a page is a slice and costs no copy.
/// Repository names and tags have no character that JSON escapes.
/// </summary>
public sealed class NameList
{
    private readonly byte[] _json;

    // Where each name's opening quote is; the last entry is where one more would start.
    private readonly int[] _starts;

    /// <param name="sorted">In byte order, without repetition.</param>
    public NameList(IReadOnlyList<string> sorted)
    {
        _starts = new int[sorted.Count + 1];
        var json = new ArrayBufferWriter<byte>(Math.Max(1, sorted.Sum(name => name.Length + 3)));
        for (var i = 0; i < sorted.Count; i++)
        {
            json.Write("\""u8);
            Encoding.UTF8.GetBytes(sorted[i], json);
            json.Write("\","u8);
            _starts[i + 1] = json.WrittenCount;
        }
        _json = json.WrittenSpan.ToArray();
    }

    /// <summary>About how much memory it takes.</summary>
    public long SizeBytes => _json.Length + _starts.Length * sizeof(int);

    private int Count => _starts.Length - 1;

    /// <summary>At most <paramref name="limit"/> names after <paramref name="last"/>, which need not be one of them.</summary>
    public NamePage PageAfter(string? last, int limit)
    {
        var first = last is null ? 0 : FirstAfter(Encoding.UTF8.GetBytes(last));
        var count = Math.Min(limit, Count - first);
        if (count == 0)
            return NamePage.Empty;
        var end = first + count;
        var json = _json.AsMemory(_starts[first].._starts[end])[..^1];
        return new NamePage(json, end < Count ? Encoding.UTF8.GetString(Name(end - 1)) : null);
    }

    private int FirstAfter(ReadOnlySpan<byte> last)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Name(middle).SequenceCompareTo(last) > 0)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    // Without its quotes and the comma.
    private ReadOnlySpan<byte> Name(int index) => _json.AsSpan((_starts[index] + 1)..(_starts[index + 1] - 2));
}
