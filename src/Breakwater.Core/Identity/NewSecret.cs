namespace Breakwater.Core.Identity;

/// <summary>A secret that was just made.</summary>
/// <param name="Name">What people know it by.</param>
/// <param name="Hint">Its first characters.</param>
/// <param name="StartsAt">From when its time is counted.</param>
/// <param name="Value">The secret itself, which is stored nowhere.</param>
public sealed record NewSecret(Guid Id, string Name, string Hint, DateTimeOffset StartsAt, DateTimeOffset ExpiresAt, Secret Value);
