namespace Breakwater.Server.Tests.Matrix;

/// <summary>The things that the rows' requests are about. All of them exist.</summary>
internal sealed record Targets
{
    public required string Subscription { get; init; }
    public string Group => $"{Subscription}/resourceGroups/breakwater";
    public string Registry => $"{Group}/providers/Microsoft.ContainerRegistry/registries/local";

    /// <summary>Another registry, in which nobody has a role of its own.</summary>
    public string Spare { get; init; } = "";

    public string Repository { get; init; } = "";
    public string Tag { get; init; } = "";
    public string Digest { get; init; } = "";
    public string Blob { get; init; } = "";
    public string Upload { get; init; } = "";
    public string User { get; init; } = "";
    public string Team { get; init; } = "";
    public string Application { get; init; } = "";
    public string AppId { get; init; } = "";
    public string Secret { get; init; } = "";
    public string Credential { get; init; } = "";

    /// <summary>The name of a managed identity with the federated credential ci.</summary>
    public string Identity { get; init; } = "";

    /// <summary>The installation's id, as the issuer's addresses begin.</summary>
    public string Tenant => Subscription["/subscriptions/".Length..];
    public string ScopeMap { get; init; } = "";
    public string Token { get; init; } = "";
    public string Webhook { get; init; } = "";
    public string PrivateEndpoint { get; init; } = "";

    /// <summary>The connection that the private endpoint asked for.</summary>
    public string PrivateConnection { get; init; } = "";

    /// <summary>An event of the webhook that was given up.</summary>
    public string DeadEvent { get; init; } = "";
    public string Definition { get; init; } = "";

    /// <summary>By the scope that it was given at.</summary>
    public IReadOnlyDictionary<char, string> Assignments { get; init; } = new Dictionary<char, string>();

    public string ScopeOf(char scope) => scope switch { 's' => Subscription, 'g' => Group, _ => Registry };
}
