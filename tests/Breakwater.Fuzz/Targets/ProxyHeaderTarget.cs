using System.Net;
using Breakwater.Server.Network;

namespace Breakwater.Fuzz.Targets;

/// <summary>The PROXY header, beside a reading of it with numbers alone; and whatever arrives first, the end is the same.</summary>
internal static class ProxyHeaderTarget
{
    private static readonly byte[] Signature = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var verdict = ProxyHeader.TryParse(input, out var header);
        var (expected, length, source) = Read(input.ToArray());
        OracleException.Require(verdict == expected, $"Whole, none or not yet: {expected}, not {verdict}.");
        if (verdict == true)
            OracleException.Require(header.Length == length && Equals(header.Source, source), $"It takes {length} bytes and comes from {source}.");
        RequireSteadiness(input, verdict, header);
    }

    // A verdict must not change when more arrives, and none may be given on less.
    private static void RequireSteadiness(ReadOnlySpan<byte> input, bool? verdict, ProxyHeader header)
    {
        for (var there = 0; there < Math.Min(input.Length, 80); there++)
        {
            var early = ProxyHeader.TryParse(input[..there], out var found);
            OracleException.Require(early is null || (early == verdict && found == header), $"The first {there} bytes read as {early}.");
        }
    }

    private static (bool? Verdict, int Length, IPEndPoint? Source) Read(byte[] input)
    {
        for (var i = 0; i < 12; i++)
        {
            if (i == input.Length)
                return (null, 0, null);
            if (input[i] != Signature[i])
                return (false, 0, null);
        }
        if (input.Length < 16)
            return (null, 0, null);
        int command = input[12], family = input[13], rest = input[14] * 256 + input[15], there = input.Length - 16;
        if (rest > 4096 - 16 || command / 16 != 2 || command % 16 > 1)
            return (false, 0, null);
        if (command % 16 == 0 || family == 0)
            return there < rest ? (null, 0, null) : (true, 16 + rest, null);
        var size = family == 0x11 ? 4 : family == 0x21 ? 16 : -1;
        if (size < 0 || rest < size * 2 + 4)
            return (false, 0, null);
        if (there < rest)
            return (null, 0, null);
        var address = new IPAddress(input[16..(16 + size)]);
        return (true, 16 + rest, new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, input[16 + size * 2] * 256 + input[17 + size * 2]));
    }
}
