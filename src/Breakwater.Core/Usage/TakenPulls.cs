namespace Breakwater.Core.Usage;

/// <param name="LastAt">Milliseconds since 1970.</param>
internal readonly record struct TakenPulls(PullCounter Counter, long Count, long LastAt);
