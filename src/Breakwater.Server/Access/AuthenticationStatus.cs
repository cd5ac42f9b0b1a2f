namespace Breakwater.Server.Access;

internal enum AuthenticationStatus
{
    /// <summary>No credentials.</summary>
    Anonymous,

    /// <summary>Credentials in no form that is understood.</summary>
    Malformed,
    WrongPassword,
    InvalidToken,

    /// <summary>Too many failures: not looked at.</summary>
    TooMany,
    SignedIn,
}
