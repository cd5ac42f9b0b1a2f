namespace Breakwater.Core.Tokens;

public enum SigningKeyState
{
    /// <summary>Published, so that whoever verifies has it in time; signs nothing yet.</summary>
    Next = 0,
    Active = 1,

    /// <summary>Signs no more, but verifies until its last token has expired.</summary>
    Retired = 2,
}
