using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Network;

/// <summary>An IPv4 or IPv6 address, or a network of them. There is one text for each, so that equal ones look equal.</summary>
/// <remarks>IPv4 addresses that are mapped into IPv6 are IPv4. Those that 6to4, NAT64 or Teredo carry are not: whoever runs the relay chooses them.</remarks>
public readonly record struct AddressRange
{
    private AddressRange(bool isIPv6, UInt128 first, int prefixLength, string text)
    {
        (IsIPv6, First, PrefixLength, Text) = (isIPv6, first, prefixLength, text);
        var hostBits = (isIPv6 ? 128 : 32) - prefixLength;
        Last = first | (hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1);
    }

    public bool IsIPv6 { get; }

    /// <summary>The lowest address, as a number.</summary>
    public UInt128 First { get; }

    /// <summary>The highest address, as a number.</summary>
    public UInt128 Last { get; }

    public int PrefixLength { get; }

    /// <summary>As it was written: an address alone has no prefix length, unless it was written with its whole length.</summary>
    public string Text { get; }

    /// <exception cref="InvalidValueException">It is none, or not written in the one way; the message has that.</exception>
    public static AddressRange Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = ParseAddress(text, slash < 0 ? text : text[..slash]);
        var bits = address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        var length = slash < 0 ? bits : ParseLength(text, text[(slash + 1)..], bits);
        var first = NumberOf(address) & ~HostMask(bits, length);
        var canonical = AddressOf(first, bits == 128) + (slash < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{length}"));
        if (canonical != text)
            throw new InvalidValueException($"'{text}' is not written as networks are here: no bits behind the prefix, IPv6 in its short form and lower case. Write {canonical}.");
        return new AddressRange(bits == 128, first, length, canonical);
    }

    /// <summary>The address as a number, IPv4 in the low 32 bits.</summary>
    public static UInt128 NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>IPv4 where it is IPv4, however the socket names it.</summary>
    public static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public override string ToString() => Text;

    private static IPAddress ParseAddress(string text, string part)
    {
        if (part.Contains('%', StringComparison.Ordinal))
            throw new InvalidValueException($"'{text}' has a zone, which means something on one machine only. Write the address without it.");
        if (part.StartsWith('[') || (part.Contains('.', StringComparison.Ordinal) && part.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !part[..colon].Contains(':', StringComparison.Ordinal) && part.LastIndexOf(':') == colon))
            throw new InvalidValueException($"'{text}' has a port or brackets. Write the address alone.");
        if (!IPAddress.TryParse(part, out var address))
            throw new InvalidValueException($"'{text}' is no address and no network. Write one such as 203.0.113.7, 203.0.113.0/24, 2001:db8::7 or 2001:db8::/32.");
        // What inet_aton takes for an address reads differently to people: 010.0.0.1 is 8.0.0.1.
        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != part)
            throw new InvalidValueException($"'{text}' is not written as IPv4 addresses are. Write four decimal numbers without leading zeros, such as 203.0.113.7.");
        if (address.IsIPv4MappedToIPv6)
            throw new InvalidValueException($"'{text}' is an IPv4 address in IPv6 clothes. Write it as IPv4: {address.MapToIPv4()}.");
        return address;
    }

    private static int ParseLength(string text, string part, int bits) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bits && length.ToString(CultureInfo.InvariantCulture) == part
            ? length
            : throw new InvalidValueException($"'{text}' has no valid prefix length. Write a number from 0 to {bits} behind the slash.");

    private static UInt128 HostMask(int bits, int length) => bits == length ? UInt128.Zero : bits - length == 128 ? UInt128.MaxValue : (UInt128.One << (bits - length)) - 1;

    private static string AddressOf(UInt128 number, bool isIPv6)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(isIPv6 ? bytes : bytes[12..]).ToString();
    }
}
