namespace Breakwater.Core.Identity;

/// <summary>Graph's <c>mailNickname</c>: no mail is sent, but it is kept and shown as it was given, and so has to be one.</summary>
/// <remarks>https://learn.microsoft.com/graph/api/resources/group#properties</remarks>
internal static class MailNickname
{
    private const int MaxLength = 64;

    /// <exception cref="InvalidValueException">The message says what to do.</exception>
    public static void Require(string? text)
    {
        if (text is not null && (text.Length is 0 or > MaxLength || text.Any(c => c is <= ' ' or > '~' || "@()\\[]\";:<>,".Contains(c, StringComparison.Ordinal))))
            throw new InvalidValueException($"The mailNickname is not valid. Use 1 to {MaxLength} ASCII characters, without spaces and @ ( ) \\ [ ] \" ; : < > ,");
    }
}
