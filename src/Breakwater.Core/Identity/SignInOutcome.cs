namespace Breakwater.Core.Identity;

public enum SignInOutcome
{
    /// <summary>No such user, a disabled one, or another password: the answer does not tell which.</summary>
    Refused,
    Accepted,

    /// <summary>Not even looked at: too many failures, or too many hashings at once.</summary>
    TooMany,
}
