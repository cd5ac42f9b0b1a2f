namespace Breakwater.Server.Graph;

/// <summary>Asks for a new secret.</summary>
internal sealed record AddPasswordBody(AddPasswordBody.Credential? PasswordCredential)
{
    /// <param name="StartDateTime">From when its time is counted. Not in the future: a secret is good from when it is made.</param>
    internal sealed record Credential(string? DisplayName, DateTimeOffset? StartDateTime, DateTimeOffset? EndDateTime);
}
