using Breakwater.Core.Access;

namespace Breakwater.Core.Tokens;

/// <summary>What a valid token of the built-in issuer says.</summary>
/// <param name="Caller">Its holder, with all its rights.</param>
/// <param name="Audience">What it is for.</param>
/// <param name="NotAfter">When the proof ends that it was given for, if that has an end of its own; see <see cref="ClientProof"/>.</param>
/// <param name="SessionId">With what sign-in it ends, of a person; null for a service principal.</param>
public sealed record DirectoryToken(Caller Caller, DirectoryAudience Audience, DateTimeOffset? NotAfter, Guid? SessionId);
