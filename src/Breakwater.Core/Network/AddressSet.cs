using System.Net;
using System.Net.Sockets;

namespace Breakwater.Core.Network;

/// <summary>Addresses to be looked up on every request: what overlaps or touches is one, found by halving. Immutable; looking up allocates nothing.</summary>
public sealed class AddressSet
{
    public static readonly AddressSet Empty = new([], [], [], []);

    private readonly uint[] _first4, _last4;
    private readonly UInt128[] _first6, _last6;

    private AddressSet(uint[] first4, uint[] last4, UInt128[] first6, UInt128[] last6) => (_first4, _last4, _first6, _last6) = (first4, last4, first6, last6);

    public bool IsEmpty => _first4.Length == 0 && _first6.Length == 0;

    public static AddressSet Of(IEnumerable<AddressRange> ranges)
    {
        var all = ranges.ToList();
        var (v4, v6) = (Merge(all.Where(range => !range.IsIPv6)), Merge(all.Where(range => range.IsIPv6)));
        return new([.. v4.Select(span => (uint)span.First)], [.. v4.Select(span => (uint)span.Last)], [.. v6.Select(span => span.First)], [.. v6.Select(span => span.Last)]);
    }

    public bool Contains(IPAddress address)
    {
        // Both forms of IPv4 have it in their low 32 bits.
        var number = AddressRange.NumberOf(address);
        return address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6
            ? Contains(_first4, _last4, (uint)number)
            : Contains(_first6, _last6, number);
    }

    private static bool Contains<T>(T[] first, T[] last, T number) where T : IComparable<T>
    {
        var place = Array.BinarySearch(first, number);
        if (place < 0)
            place = ~place - 1;
        return place >= 0 && number.CompareTo(last[place]) <= 0;
    }

    private static List<(UInt128 First, UInt128 Last)> Merge(IEnumerable<AddressRange> ranges)
    {
        var merged = new List<(UInt128 First, UInt128 Last)>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged is [.., var before] && (before.Last == UInt128.MaxValue || range.First <= before.Last + 1))
                merged[^1] = (before.First, UInt128.Max(before.Last, range.Last));
            else
                merged.Add((range.First, range.Last));
        }
        return merged;
    }
}
