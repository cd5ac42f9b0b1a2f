using Breakwater.Core.Access;

namespace Breakwater.Core.Tokens;

/// <summary>Whom an assertion or a token of another issuer stands for.</summary>
/// <param name="NotAfter">What is given for it, and for what was given for it, must not last longer; null: it has no end of its own.</param>
/// <param name="SessionId">With what sign-in of the issuer it ends; null: with none.</param>
public sealed record ClientProof(Caller Caller, DateTimeOffset? NotAfter, Guid? SessionId = null);
