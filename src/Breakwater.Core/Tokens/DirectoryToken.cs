using Breakwater.Core.Access;

namespace Breakwater.Core.Tokens;

/// <summary>What a valid token of the built-in issuer says.</summary>
/// <param name="Caller">Its holder, with all its rights.</param>
/// <param name="Audience">What it is for.</param>
public sealed record DirectoryToken(Caller Caller, DirectoryAudience Audience, DateTimeOffset ExpiresAt);
