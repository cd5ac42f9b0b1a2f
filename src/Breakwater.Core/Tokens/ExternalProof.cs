using Breakwater.Core.Access;

namespace Breakwater.Core.Tokens;

/// <summary>Whom a token of another issuer stands for.</summary>
/// <param name="ExpiresAt">What is given for it must not last longer.</param>
public sealed record ExternalProof(Caller Caller, DateTimeOffset ExpiresAt);
