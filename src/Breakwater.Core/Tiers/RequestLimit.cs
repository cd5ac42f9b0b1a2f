namespace Breakwater.Core.Tiers;

/// <summary>Requests of one kind, per minute. Null: as many as come.</summary>
/// <param name="PerRegistry">From everybody together.</param>
/// <param name="PerIdentity">From one principal; all who do not sign in are one.</param>
public sealed record RequestLimit(int? PerRegistry, int? PerIdentity);
