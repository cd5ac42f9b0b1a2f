namespace Breakwater.Core.Identity;

/// <summary>Which passwords may be set.</summary>
public static class PasswordPolicy
{
    /// <summary>Characters. NIST SP 800-63B-4 asks for 15 where a password is the only factor and 8 otherwise; no rules of composition.</summary>
    public const int MinLength = 12;

    /// <summary>Characters; what fits a request's header beside everything else.</summary>
    public const int MaxLength = 1024;

    /// <summary>Null when the password may be set; otherwise why not and what to do.</summary>
    public static string? Problem(Secret password)
    {
        var text = password.Reveal();
        if (text.Length < MinLength)
            return $"The password has {text.Length} characters; at least {MinLength} are needed. Use a longer one, or let the server generate it.";
        if (text.Length > MaxLength)
            return $"The password has more than {MaxLength} characters. Use a shorter one.";
        if (text.Any(char.IsControl))
            return "The password holds a control character (a line end, perhaps). Remove it.";
        if (GeneratedPassword.IsMistyped(text))
            return $"The password begins with {GeneratedPassword.Prefix}, which marks generated ones, but is none. Check for a typing error, or choose another.";
        return null;
    }

    /// <exception cref="InvalidValueException">The password may not be set.</exception>
    internal static void Require(Secret password)
    {
        if (Problem(password) is { } problem)
            throw new InvalidValueException(problem);
    }
}
