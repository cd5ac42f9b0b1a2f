namespace Breakwater.Server.Graph;

/// <summary>An application as Microsoft Graph's clients send it.</summary>
/// <param name="SignInAudience">Only AzureADMyOrg: there is one directory.</param>
/// <param name="KeyCredentials">Its certificates; null: none when it is created, unchanged when it is changed.</param>
internal sealed record ApplicationBody(string? DisplayName, string? SignInAudience, List<KeyCredentialBody>? KeyCredentials);
