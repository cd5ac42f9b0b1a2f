using Breakwater.Core.Identity;

namespace Breakwater.Core.Events;

/// <summary>What of a webhook is secret and so sealed in its row.</summary>
/// <param name="ServiceUri">As it was given, credentials included.</param>
/// <param name="Secret">Which signs.</param>
internal sealed record WebhookConfig(string ServiceUri, Dictionary<string, string> Headers, string Secret)
{
    /// <summary>Signs too until <see cref="PreviousUntil"/>, so that receivers can be changed over in peace.</summary>
    public string? PreviousSecret { get; init; }

    public DateTimeOffset? PreviousUntil { get; init; }

    public static string NewSecret() => GeneratedPassword.Create(GeneratedPassword.WebhookPrefix).Reveal();

    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) => PreviousSecret is { } previous && now < PreviousUntil ? [Secret, previous] : [Secret];

    // The generated text would hold the secrets.
    public override string ToString() => "***";
}
