namespace Breakwater.Server.Issuer;

internal static partial class IssuedLog
{
    [LoggerMessage(1400, LogLevel.Warning, "A code or refresh token of principal {PrincipalId} was used before, or its session has ended. If it was used before, the session ends now; if nobody else has the principal's tokens, a program has lost an answer.")]
    public static partial void UsedAgain(ILogger logger, Guid principalId);
}
