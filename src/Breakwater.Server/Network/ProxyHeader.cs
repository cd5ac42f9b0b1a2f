using System.Buffers.Binary;
using System.Net;
using Breakwater.Core.Network;

namespace Breakwater.Server.Network;

/// <summary>The header that a proxy sends before everything else: PROXY protocol, version 2. https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt</summary>
/// <remarks>
/// <code>
/// signature 12 | version 2, command 4 bits | family 4, transport 4 bits | length 2 | addresses | extensions
/// addresses of IPv4: source 4, destination 4, source port 2, destination port 2; of IPv6: 16, 16, 2, 2
/// </code>
/// Version 1, which is text, is not taken. Extensions are passed by.
/// </remarks>
/// <param name="Length">Bytes that it takes.</param>
/// <param name="Source">The client; null: the proxy speaks for itself, as for a health check.</param>
internal readonly record struct ProxyHeader(int Length, IPEndPoint? Source)
{
    public const int FixedLength = 16;

    /// <summary>More than the addresses and every extension that is defined take.</summary>
    public const int MaxLength = 4096;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <param name="bytes">What has arrived; more than <see cref="MaxLength"/> is never needed.</param>
    /// <param name="header">What it says, when true is returned.</param>
    /// <returns>False: it is no such header. Null: more must come.</returns>
    public static bool? TryParse(ReadOnlySpan<byte> bytes, out ProxyHeader header)
    {
        header = default;
        if (!bytes[..Math.Min(bytes.Length, Signature.Length)].SequenceEqual(Signature[..Math.Min(bytes.Length, Signature.Length)]))
            return false;
        if (bytes.Length < FixedLength)
            return null;
        var length = FixedLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (length > MaxLength)
            return false;
        var body = bytes[FixedLength..Math.Min(bytes.Length, length)];
        var (command, family) = (bytes[12], bytes[13]);
        if (command is not (0x20 or 0x21))
            return false;
        // LOCAL, or a proxy that does not know: the addresses are to be passed by.
        if (command == 0x20 || family == 0x00)
            return Complete(bytes.Length, length, null, out header);
        var address = family switch { 0x11 => 4, 0x21 => 16, _ => 0 };
        if (address == 0 || length - FixedLength < 2 * address + 4)
            return false;
        if (body.Length < 2 * address + 4)
            return null;
        var source = new IPEndPoint(AddressRange.Unmapped(new IPAddress(body[..address])), BinaryPrimitives.ReadUInt16BigEndian(body[(2 * address)..]));
        return Complete(bytes.Length, length, source, out header);
    }

    private static bool? Complete(int there, int length, IPEndPoint? source, out ProxyHeader header)
    {
        header = there < length ? default : new ProxyHeader(length, source);
        return there < length ? null : true;
    }
}
