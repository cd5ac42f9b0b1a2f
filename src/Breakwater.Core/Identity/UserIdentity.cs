namespace Breakwater.Core.Identity;

/// <summary>As whom another issuer knows a user. Only made for issuers that are trusted, or read back.</summary>
public sealed record UserIdentity
{
    private const int MaxLength = 600;

    internal UserIdentity(string issuer, string subject) => (Issuer, Subject) = (issuer, subject);

    /// <summary>Exactly as the token's <c>iss</c> has it.</summary>
    public string Issuer { get; }

    /// <summary>Exactly as the token's <c>sub</c> has it: an id that the issuer gives to nobody else, ever.</summary>
    public string Subject { get; }

    /// <exception cref="InvalidValueException">The issuer is not trusted, or the subject is none; the message says what to do.</exception>
    public static UserIdentity Of(TrustedIssuers issuers, string issuer, string subject)
    {
        issuers.Require(issuer);
        if (subject.Length is 0 or > MaxLength || subject.Any(c => char.IsControl(c) || c is '*'))
            throw new InvalidValueException($"issuerAssignedId must be exactly what the token's sub is, without wildcards, at most {MaxLength} characters.");
        // An address can be given to somebody else; an issuer whose sub is one must not let that person in.
        if (subject.Contains('@', StringComparison.Ordinal))
            throw new InvalidValueException("issuerAssignedId must be an id that never changes hands, not an e-mail address. Use the token's sub, with an issuer whose sub is such an id.");
        return new UserIdentity(issuer, subject);
    }
}
