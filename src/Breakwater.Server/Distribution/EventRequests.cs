using Breakwater.Core.Events;

namespace Breakwater.Server.Distribution;

/// <summary>What webhooks are told about a request.</summary>
internal static class EventRequests
{
    public static EventRequest Of(HttpContext context)
    {
        var request = context.Request;
        return new EventRequest(context.TraceIdentifier, request.Host.Value ?? "", request.Method, request.Headers.UserAgent);
    }
}
