using Breakwater.Core.Tiers;

namespace Breakwater.Server.Access;

/// <summary>ACR's table: GET and HEAD read, DELETE deletes, everything else writes.</summary>
internal static class RequestKinds
{
    public static RequestKind Of(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? RequestKind.Read : HttpMethods.IsDelete(method) ? RequestKind.Delete : RequestKind.Write;
}
