using Breakwater.Core.Identity;

namespace Breakwater.Core.Events;

/// <summary>Of what a webhook can hear, by ACR's names.</summary>
public static class WebhookActions
{
    public const string Push = "push";
    public const string Delete = "delete";

    /// <summary>Asked for by a call and not by a webhook.</summary>
    public const string Ping = "ping";

    private const string Quarantine = "quarantine";

    // Of the chart repositories before OCI, which neither ACR nor this product has: taken, since scripts name them, and never fired.
    private static readonly string[] Known = [Push, Delete, "chart_push", "chart_delete"];

    /// <returns>One a line.</returns>
    /// <exception cref="InvalidValueException">None, or one that cannot fire; the message says what to do.</exception>
    internal static string Join(IReadOnlyList<string> actions)
    {
        if (actions.Contains(Quarantine))
            throw new InvalidValueException("The action quarantine cannot fire, since this registry puts nothing into quarantine. Leave it out.");
        if (actions.Count == 0 || actions.FirstOrDefault(action => !Known.Contains(action)) is not null)
            throw new InvalidValueException($"A webhook has one or more of the actions {string.Join(", ", Known)}.");
        return string.Join('\n', actions.Distinct());
    }
}
