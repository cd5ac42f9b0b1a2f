using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Breakwater.Core.Identity;
using Breakwater.Core.Network;
using Breakwater.Core.PrivateEndpoints;

namespace Breakwater.Server.Configuration;

/// <summary>Between the text of a setting and its value. What cannot be read throws a <see cref="FormatException"/> that says why.</summary>
internal static class SettingTexts
{
    public static string Or(object? value, string absent) => value?.ToString() is { Length: > 0 } text ? text : absent;

    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static bool Switch(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new FormatException("This is neither true nor false."),
    };

    public static int Positive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new FormatException("This is not a whole number above zero.");

    /// <returns>Null for <c>off</c>.</returns>
    public static IPEndPoint? Endpoint(string text)
    {
        if (text == "off")
            return null;
        var colon = text.LastIndexOf(':');
        if (colon <= 0)
            throw new FormatException("The port is missing.");
        if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw new FormatException("The port is not a number from 0 to 65535.");
        return new(Address(text[..colon]), port);
    }

    private static IPAddress Address(string host)
    {
        if (host == "localhost")
            return IPAddress.Loopback;
        var bare = host is ['[', .. var inner, ']'] ? inner : host;
        // The second condition refuses what inet_aton would take: 127.1 or 0177.0.0.1, and IPv6 without brackets.
        if (!IPAddress.TryParse(bare, out var address) || (address.ToString() != bare && !bare.Contains(':')) || bare.Contains(':') != (bare != host))
            throw new FormatException("The part before the port is not an IP address (IPv6 goes in brackets).");
        return address;
    }

    public static Guid Identifier(string text) =>
        Guid.TryParseExact(text, "D", out var id) ? id : throw new FormatException("This is not an id of the form 01234567-89ab-cdef-0123-456789abcdef.");

    public static string Parent(string text) => Path.TrimEndingDirectorySeparator(text);

    public static IReadOnlyList<string> HostNames(string text)
    {
        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            if (name != "*" && Uri.CheckHostName(name.Trim('[', ']')) == UriHostNameType.Unknown)
                throw new FormatException($"'{name}' is not a host name.");
        }
        return names;
    }

    public static string HostName(string text) =>
        Uri.CheckHostName(text) == UriHostNameType.Dns && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? text.ToLower(CultureInfo.InvariantCulture)
            : throw new FormatException("This is not a host name.");

    /// <returns>Empty for <c>none</c>.</returns>
    public static IReadOnlyList<IPNetwork> Networks(string text)
    {
        if (text == "none")
            return [];
        var networks = new List<IPNetwork>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // The conditions refuse bits behind the prefix, and what inet_aton would take, such as 10.1/16.
            if (!IPNetwork.TryParse(part, out var network) || !IPAddress.Parse(part.Split('/')[0]).Equals(network.BaseAddress) || (network.ToString() != part && !part.Contains(':')))
                throw new FormatException($"'{part}' is not a network.");
            networks.Add(network);
        }
        return networks;
    }

    /// <returns>Empty for <c>none</c>.</returns>
    public static IReadOnlyList<AddressRange> Addresses(string text)
    {
        if (text == "none")
            return [];
        try
        {
            return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(AddressRange.Parse)];
        }
        catch (InvalidValueException problem)
        {
            throw new FormatException(problem.Message);
        }
    }

    /// <returns>Empty for <c>none</c>.</returns>
    public static IReadOnlyList<PrivateListener> PrivateListeners(string text)
    {
        var listeners = new List<PrivateListener>();
        foreach (var (name, value) in Named(text))
        {
            var address = Endpoint(value) ?? throw new FormatException($"{name} has no address.");
            if (address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any))
                throw new FormatException($"{name} listens on every address, so it would be no private one.");
            listeners.Add(new PrivateListener(name, address));
        }
        return listeners;
    }

    /// <returns>Empty for <c>none</c>.</returns>
    public static IReadOnlyDictionary<string, string> NamedFiles(string text)
    {
        var files = Named(text).ToDictionary(pair => pair.Name, pair => pair.Value);
        return files.Values.FirstOrDefault(file => !Path.IsPathRooted(file)) is { } relative ? throw new FormatException($"'{relative}' is not an absolute path.") : files;
    }

    /// <returns>Empty for <c>none</c>. A name may be there more than once.</returns>
    public static IReadOnlyDictionary<string, ImmutableArray<AddressRange>> NamedNetworks(string text)
    {
        try
        {
            return Named(text, mayRepeat: true).GroupBy(pair => pair.Name).ToImmutableDictionary(pairs => pairs.Key, pairs => pairs.Select(pair => AddressRange.Parse(pair.Value)).Distinct().ToImmutableArray());
        }
        catch (InvalidValueException problem)
        {
            throw new FormatException(problem.Message);
        }
    }

    public static string Text(IReadOnlyDictionary<string, ImmutableArray<AddressRange>> networks) =>
        string.Join(',', networks.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Select(network => $"{pair.Key}={network.Text}")));

    public static string Text(IReadOnlyDictionary<string, string> files) => string.Join(',', files.Select(pair => $"{pair.Key}={pair.Value}"));

    private static List<(string Name, string Value)> Named(string text, bool mayRepeat = false)
    {
        if (text == "none")
            return [];
        var found = new List<(string Name, string Value)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', 2) is not [var name, var value] || name.Length is 0 or > 32 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                throw new FormatException($"'{part}' does not begin with a name of lower case letters, digits and dashes, and =.");
            if (!mayRepeat && found.Any(other => other.Name == name))
                throw new FormatException($"The name {name} is there twice.");
            found.Add((name, value));
        }
        return found;
    }

    public static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new FormatException("This is not an http or https URL.");

    /// <summary>A name of the enumeration in lower case.</summary>
    public static T Choice<T>(string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Choice(value) == text)
                return value;
        }
        throw new FormatException("This is not one of the choices.");
    }

    // Lower case is how choices are written, not a comparison.
#pragma warning disable CA1308
    public static string Choice<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
