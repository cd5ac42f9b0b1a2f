namespace Breakwater.Core.Identity;

/// <summary>What is to change of a user; null leaves a member as it is.</summary>
public sealed record UserChange(string? DisplayName, bool? Disabled, Secret? Password, string? MailNickname = null, IReadOnlyCollection<UserIdentity>? Identities = null);
