namespace Breakwater.Server.Graph;

/// <param name="LanguageVersion">Only 1.</param>
internal sealed record ClaimsMatchingExpressionBody(string? Value, int? LanguageVersion);
