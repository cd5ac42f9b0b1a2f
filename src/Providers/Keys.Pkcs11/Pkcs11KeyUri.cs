using System.Text;
using Breakwater.Core.Keys;

namespace Breakwater.Keys.Pkcs11;

/// <summary>
/// Names a secret key of a token (RFC 7512). Tokens know no versions: keys of one label are the versions of one key, told apart by their ids, and the greatest
/// id is the newest.
/// </summary>
/// <remarks><code>pkcs11:token=LABEL;object=LABEL            the newest
/// pkcs11:token=LABEL;object=LABEL;id=%02     one version</code></remarks>
internal static class Pkcs11KeyUri
{
    private const string Scheme = "pkcs11:";

    /// <returns>Null when it is no such URI, or names another token, or anything that could mean several keys.</returns>
    public static KeyReference? TryParse(string identifier, string token)
    {
        if (!identifier.StartsWith(Scheme, StringComparison.Ordinal) || identifier.Contains('?', StringComparison.Ordinal) || identifier.Length > 1024)
            return null;
        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var part in identifier[Scheme.Length..].Split(';'))
        {
            if (part.Split('=') is not [{ } name, { } value] || Decode(value) is not { } decoded || !attributes.TryAdd(name, decoded))
                return null;
        }
        if (!attributes.Remove("token", out var ofToken) || Encoding.UTF8.GetString(ofToken) != token || !attributes.Remove("object", out var label) || label.Length == 0)
            return null;
        attributes.Remove("id", out var id);
        if (attributes.Remove("type", out var type) && Encoding.UTF8.GetString(type) != "secret-key")
            return null;
        return attributes.Count == 0 && id is null or { Length: > 0 } ? new KeyReference(KeyOf(token, label), id is null ? null : Convert.ToHexStringLower(id)) : null;
    }

    public static KeyVersionInfo Info(string key, string version) =>
        new(key, version, $"{key};id={string.Concat(Convert.FromHexString(version).Select(b => $"%{b:x2}"))}");

    /// <summary>The label of a key that <see cref="TryParse"/> has given.</summary>
    public static string LabelOf(string key) => Encoding.UTF8.GetString(Decode(key[(key.IndexOf(";object=", StringComparison.Ordinal) + ";object=".Length)..])!);

    private static string KeyOf(string token, byte[] label) => $"{Scheme}token={Encode(Encoding.UTF8.GetBytes(token))};object={Encode(label)}";

    private static string Encode(byte[] bytes) =>
        string.Concat(bytes.Select(b => char.IsAsciiLetterOrDigit((char)b) || (char)b is '-' or '.' or '_' or '~' ? $"{(char)b}" : $"%{b:x2}"));

    private static byte[]? Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i..(i + 1)]));
                continue;
            }
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return null;
            bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
            i += 2;
        }
        return [.. bytes];
    }
}
