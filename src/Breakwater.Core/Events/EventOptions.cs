namespace Breakwater.Core.Events;

/// <summary>How events are delivered and how long they are kept.</summary>
public sealed record EventOptions
{
    /// <summary>For a whole answer. Default 5 s, ACR's.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The second attempt comes about so long after the first; each further one after twice the time. Default 2 s.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two attempts. Default 10 minutes.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After it an event that fails again is given up. Default 24 h: longer than most outages of a receiver.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Attempts at once to one webhook. Default 4: a receiver that never answers leaves room for the others.</summary>
    public int AttemptsPerWebhook { get; init; } = 4;

    /// <summary>Attempts at once to all webhooks of one registry. Default 8: receivers of one registry that never answer leave room for the others.</summary>
    public int AttemptsPerRegistry { get; init; } = 8;

    /// <summary>Attempts at once. Default 32.</summary>
    public int Attempts { get; init; } = 32;

    /// <summary>How often it is looked for what is due when nothing calls. Default 1 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often what has ended is taken away. Default 1 minute.</summary>
    public TimeSpan PruneInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Delivered events of a webhook in its log. Default 200, and no older than 7 days.</summary>
    public int DeliveredKept { get; init; } = 200;

    public TimeSpan DeliveredKeptFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Events of a webhook that were given up. Default 10,000, and no older than 30 days.</summary>
    public int DeadKept { get; init; } = 10_000;

    public TimeSpan DeadKeptFor { get; init; } = TimeSpan.FromDays(30);
}
