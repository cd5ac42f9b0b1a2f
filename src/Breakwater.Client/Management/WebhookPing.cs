namespace Breakwater.Client.Management;

/// <param name="Id">Of the event that was sent.</param>
public sealed record WebhookPing(string? Id);
