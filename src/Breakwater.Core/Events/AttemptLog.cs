namespace Breakwater.Core.Events;

/// <summary>What <c>listEvents</c> shows of an attempt, as JSON without secrets.</summary>
internal sealed record AttemptLog(string Request, string Response);
