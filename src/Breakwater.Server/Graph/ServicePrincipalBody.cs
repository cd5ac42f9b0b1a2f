namespace Breakwater.Server.Graph;

/// <summary>A service principal as Microsoft Graph's clients send it.</summary>
/// <param name="KeyCredentials">All its certificates; null: unchanged.</param>
internal sealed record ServicePrincipalBody(string? AppId, bool? AccountEnabled, List<KeyCredentialBody>? KeyCredentials);
