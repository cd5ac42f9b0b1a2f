using System.Text.Json.Serialization;

namespace Breakwater.Client.SignIn;

/// <summary>RFC 6749, section 5.1.</summary>
internal sealed record TokenBody(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken);
