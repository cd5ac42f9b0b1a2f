namespace Breakwater.Core.Keys;

/// <summary>The keys of an owner may not be used any more, or may again.</summary>
/// <param name="Problem">Null: they may be used again.</param>
public sealed record KeyStandingChange(Guid OwnerId, KeyUnavailableException? Problem);
