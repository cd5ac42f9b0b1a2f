namespace Breakwater.Core.Identity;

/// <summary>Names and descriptions that only people read: bounded, and without what would break a line of a log.</summary>
internal static class DisplayText
{
    private const int MaxLength = 256;

    /// <exception cref="InvalidValueException">It is too long or holds control characters; the message says what to do.</exception>
    public static void Require(string? text, string what)
    {
        if (text?.Length > MaxLength)
            throw new InvalidValueException($"{what} has {text.Length} characters; at most {MaxLength} are kept. Use a shorter one.");
        if (text is not null && text.Any(char.IsControl))
            throw new InvalidValueException($"{what} holds a control character. Remove it.");
    }
}
