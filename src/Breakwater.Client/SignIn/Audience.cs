namespace Breakwater.Client.SignIn;

/// <summary>What an access token opens.</summary>
public enum Audience
{
    /// <summary>Azure Resource Manager's interface.</summary>
    Management,

    /// <summary>Microsoft Graph's.</summary>
    Directory,

    /// <summary>The exchange for a registry's own tokens.</summary>
    Registry,
}
