namespace Breakwater.Core.Audit;

/// <summary>Makes texts that clients chose fit for a log: bounded, and on one line.</summary>
internal static class AuditText
{
    /// <summary>Long enough for any usual value; what is longer was made to be.</summary>
    private const int MaxLength = 512;

    /// <summary>Nearly all are clean as they are, and then no copy is made.</summary>
    public static AuditRecord Clean(AuditRecord record) =>
        IsClean(record.Operation) && IsClean(record.Description) && IsClean(record.Identity) && IsClean(record.JwtId) && IsClean(record.UserAgent)
        && IsClean(record.CorrelationId) && IsClean(record.LoginServer) && IsClean(record.Repository) && IsClean(record.Tag) && IsClean(record.Digest)
        && IsClean(record.MediaType) && IsClean(record.ArtifactType) && IsClean(record.Resource)
            ? record
            : Copy(record);

    private static AuditRecord Copy(AuditRecord record) => record with
    {
        Operation = Clean(record.Operation)!,
        Description = Clean(record.Description),
        Identity = Clean(record.Identity),
        JwtId = Clean(record.JwtId),
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
        if (text is null || IsClean(text))
            return text;
        var shortened = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        return string.Create(shortened.Length, shortened, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = IsHarmless(source[i]) ? source[i] : '?';
        });
    }

    private static bool IsClean(string? text) => text is null || (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'));

    // Line ends and escape sequences forge log lines; half a surrogate pair has no UTF-8; direction marks show a text as another.
    private static bool IsHarmless(char c) => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ((>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F');
}
