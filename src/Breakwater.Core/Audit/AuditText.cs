using System.Net;

namespace Breakwater.Core.Audit;

/// <summary>Makes texts that clients chose fit for a log: bounded, and on one line.</summary>
internal static class AuditText
{
    /// <summary>Long enough for any usual value; what is longer was made to be.</summary>
    private const int MaxLength = 512;

    /// <summary>Of a cleaned text in UTF-8: what needs more than three bytes for a character was replaced.</summary>
    public const int MaxBytes = 3 * MaxLength;

    public static AuditRecord Clean(AuditRecord record) => record with
    {
        Operation = Clean(record.Operation)!,
        Description = Clean(record.Description),
        Identity = Clean(record.Identity),
        JwtId = Clean(record.JwtId),
        CallerIp = Clean(record.CallerIp),
        UserAgent = Clean(record.UserAgent),
        CorrelationId = Clean(record.CorrelationId),
        LoginServer = Clean(record.LoginServer),
        Repository = Clean(record.Repository),
        Tag = Clean(record.Tag),
        Digest = Clean(record.Digest),
        MediaType = Clean(record.MediaType),
        ArtifactType = Clean(record.ArtifactType),
        Resource = Clean(record.Resource),
    };

    public static string? Clean(string? text)
    {
        if (text is null || (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')))
            return text;
        var shortened = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        return string.Create(shortened.Length, shortened, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = IsHarmless(source[i]) ? source[i] : '?';
        });
    }

    private static IPAddress? Clean(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    // Line ends and escape sequences forge log lines; half a surrogate pair has no UTF-8; direction marks show a text as another.
    private static bool IsHarmless(char c) => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ((>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F');
}
