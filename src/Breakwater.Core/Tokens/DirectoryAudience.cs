namespace Breakwater.Core.Tokens;

/// <summary>What a token of the built-in issuer is for. None opens more than one.</summary>
public enum DirectoryAudience
{
    /// <summary>The ARM-shaped management plane.</summary>
    Management,

    /// <summary>The directory.</summary>
    Graph,

    /// <summary>Nothing but a registry's <c>/oauth2/exchange</c>.</summary>
    Registry,
}
