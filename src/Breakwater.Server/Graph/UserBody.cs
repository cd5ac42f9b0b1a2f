namespace Breakwater.Server.Graph;

/// <summary>A user as Microsoft Graph's clients send it.</summary>
/// <param name="MailNickname">Kept and shown; no mail is sent.</param>
/// <param name="Identities">All its identities with other issuers; null: unchanged.</param>
internal sealed record UserBody(
    string? UserPrincipalName, string? DisplayName, bool? AccountEnabled, string? MailNickname, UserBody.Profile? PasswordProfile, List<ObjectIdentityBody>? Identities)
{
    /// <param name="ForceChangePasswordNextSignIn">Only false: there is no page yet on which a password could be changed.</param>
    internal sealed record Profile(string? Password, bool? ForceChangePasswordNextSignIn);
}
