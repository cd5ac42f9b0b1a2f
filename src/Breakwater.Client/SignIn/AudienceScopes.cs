namespace Breakwater.Client.SignIn;

/// <summary>The scopes that audiences are asked for by. https://learn.microsoft.com/entra/identity-platform/scopes-oidc#the-default-scope</summary>
internal static class AudienceScopes
{
    public static string Of(Audience audience) => audience switch
    {
        Audience.Management => "https://management.core.windows.net//.default",
        Audience.Directory => "https://graph.microsoft.com/.default",
        _ => "https://containerregistry.azure.net/.default",
    };

    /// <summary>The same, and a refresh token.</summary>
    public static string Lasting(Audience audience) => Of(audience) + " openid offline_access";
}
