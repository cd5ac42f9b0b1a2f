using Breakwater.Core.Events;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>What a webhook is made of.</summary>
/// <param name="Location">Where it is to be; only where the registry is.</param>
internal sealed record WebhookBody(string? Location, Dictionary<string, string>? Tags, WebhookBody.Members? Properties)
{
    private const string Acr = "acr", CloudEvents = "cloudevents", Enabled = "enabled", Disabled = "disabled";

    /// <param name="Status">enabled or disabled.</param>
    /// <param name="PayloadFormat">acr or cloudevents; ACR has no such choice.</param>
    internal sealed record Members(string? ServiceUri, Dictionary<string, string>? CustomHeaders, string? Status, string? Scope, string[]? Actions, string? PayloadFormat);

    public static string StatusOf(Webhook webhook) => webhook.Enabled ? Enabled : Disabled;

    public static string FormatOf(Webhook webhook) => webhook.PayloadFormat == PayloadFormat.CloudEvents ? CloudEvents : Acr;

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public WebhookChange ToChange(string registryLocation)
    {
        if (Location is not null && !Location.Equals(registryLocation, StringComparison.OrdinalIgnoreCase))
            throw Invalid($"location must be {registryLocation}, where the registry is.");
        return new WebhookChange
        {
            ServiceUri = Properties?.ServiceUri,
            CustomHeaders = Properties?.CustomHeaders,
            Enabled = Properties?.Status switch
            {
                null => null,
                Enabled => true,
                Disabled => false,
                _ => throw Invalid("properties.status must be enabled or disabled."),
            },
            Scope = Properties?.Scope,
            Actions = Properties?.Actions,
            PayloadFormat = Properties?.PayloadFormat switch
            {
                null => null,
                Acr => Core.Events.PayloadFormat.Acr,
                CloudEvents => Core.Events.PayloadFormat.CloudEvents,
                _ => throw Invalid("properties.payloadFormat must be acr or cloudevents."),
            },
            Tags = Tags,
        };
    }

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidRequest, message);
}
