namespace Breakwater.Core.Identity;

public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, but hashed with parameters of an earlier time: hash it again.</summary>
    RightButOutdated,
}
