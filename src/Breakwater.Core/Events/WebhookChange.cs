namespace Breakwater.Core.Events;

/// <summary>What a webhook is to be. Null: as it was; of a new one, the default.</summary>
public sealed record WebhookChange
{
    public string? ServiceUri { get; init; }

    /// <summary>All of them. Default: none.</summary>
    public IReadOnlyDictionary<string, string>? CustomHeaders { get; init; }

    /// <summary>Default: true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Default: everything.</summary>
    public string? Scope { get; init; }

    public IReadOnlyList<string>? Actions { get; init; }

    /// <summary>Default: ACR's.</summary>
    public PayloadFormat? PayloadFormat { get; init; }

    /// <summary>All of them. Default: none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The same with every default in the place of what is absent: a change by it leaves nothing as it was.</summary>
    public WebhookChange Whole() => this with
    {
        ServiceUri = ServiceUri ?? "",
        CustomHeaders = CustomHeaders ?? new Dictionary<string, string>(),
        Enabled = Enabled ?? true,
        Scope = Scope ?? "",
        Actions = Actions ?? [],
        PayloadFormat = PayloadFormat ?? Events.PayloadFormat.Acr,
        Tags = Tags ?? new Dictionary<string, string>(),
    };
}
