namespace Breakwater.Server.Graph;

/// <summary>A federated identity credential as Microsoft Graph's clients send it. https://learn.microsoft.com/graph/api/resources/federatedidentitycredential</summary>
internal sealed record FederatedCredentialBody(
    string? Name, string? Issuer, string? Subject, string? Description, List<string>? Audiences, ClaimsMatchingExpressionBody? ClaimsMatchingExpression);
