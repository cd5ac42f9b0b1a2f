using System.Text.Json.Serialization;

namespace Breakwater.Client.SignIn;

/// <summary>RFC 8628, section 3.2.</summary>
/// <param name="IntervalSeconds">Between two questions.</param>
public sealed record DeviceCode(
    [property: JsonPropertyName("device_code")] string Code,
    [property: JsonPropertyName("user_code")] string UserCode,
    [property: JsonPropertyName("verification_uri")] string VerificationUri,
    [property: JsonPropertyName("expires_in")] int ExpiresInSeconds,
    [property: JsonPropertyName("interval")] int IntervalSeconds);
