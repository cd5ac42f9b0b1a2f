namespace Breakwater.Core.Identity;

/// <summary>Names and descriptions that only people read: bounded, and without what would break a line of a log.</summary>
internal static class DisplayText
{
    /// <summary>Characters of a name.</summary>
    private const int MaxLength = 256;

    /// <exception cref="InvalidValueException">It is too long or holds control characters; the message says what to do.</exception>
    public static void Require(string? text, string what, int maxLength = MaxLength)
    {
        if (text?.Length > maxLength)
            throw new InvalidValueException($"{what} has {text.Length} characters; at most {maxLength} are kept. Use a shorter one.");
        if (text is not null && text.Any(char.IsControl))
            throw new InvalidValueException($"{what} holds a control character. Remove it.");
    }
}
