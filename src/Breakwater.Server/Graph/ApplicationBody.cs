namespace Breakwater.Server.Graph;

/// <summary>An application as Microsoft Graph's clients send it.</summary>
/// <param name="SignInAudience">Only AzureADMyOrg: there is one directory.</param>
internal sealed record ApplicationBody(string? DisplayName, string? SignInAudience);
