using System.Text.Json;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary><c>{"error":{"code":…,"message":…}}</c>, as Azure Resource Manager and Microsoft Graph write refusals.</summary>
internal static class ArmErrorBody
{
    public static byte[] Serialize(OciErrorCode error, string? message) =>
        JsonSerializer.SerializeToUtf8Bytes(new { error = new { code = CodeOf(error), message = message ?? error.Message } });

    // Rows that both planes share have other names here.
    private static string CodeOf(OciErrorCode error) => error.Code switch
    {
        _ when error == OciErrors.NotFound => "NotFound",
        _ when error == OciErrors.BadRequest || error == OciErrors.RequestMalformed => "BadRequest",
        _ when error == OciErrors.Unsupported => "MethodNotAllowed",
        _ when error == OciErrors.Unauthorized => "AuthenticationFailed",
        _ when error == OciErrors.Denied => "AuthorizationFailed",
        _ when error == OciErrors.TooManyRequests => "TooManyRequests",
        _ when error == OciErrors.Internal => "InternalServerError",
        _ when error.Status == 503 => "ServiceUnavailable",
        var code => code,
    };
}
