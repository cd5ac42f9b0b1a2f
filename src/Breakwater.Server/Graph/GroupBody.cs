namespace Breakwater.Server.Graph;

/// <summary>A group as Microsoft Graph's clients send it.</summary>
/// <param name="MailEnabled">Only false: groups here are for rights.</param>
/// <param name="MailNickname">Kept and shown; no mail is sent.</param>
/// <param name="SecurityEnabled">Only true.</param>
internal sealed record GroupBody(string? DisplayName, string? Description, bool? MailEnabled, string? MailNickname, bool? SecurityEnabled);
