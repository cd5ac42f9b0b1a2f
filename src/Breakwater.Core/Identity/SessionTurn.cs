namespace Breakwater.Core.Identity;

/// <summary>Which refresh token of a session: each use gives the next, and only the newest is good.</summary>
public sealed record SessionTurn(Guid SessionId, int Turn);
