namespace Breakwater.Core.Events;

/// <summary>The request that changed something, as events tell it.</summary>
/// <param name="Id">The correlation id.</param>
/// <param name="Host">Which the client spoke to.</param>
public sealed record EventRequest(string Id, string Host, string Method, string? UserAgent);
