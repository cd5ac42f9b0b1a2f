namespace Breakwater.Server.Graph;

/// <summary>A service principal as Microsoft Graph's clients send it.</summary>
internal sealed record ServicePrincipalBody(string? AppId, bool? AccountEnabled);
