using Breakwater.Client.Transport;

namespace Breakwater.Client.Management;

/// <summary>A refusal that the server remembers.</summary>
public sealed record Decision : OpenRecord
{
    public string Id { get; init; } = "";

    public DateTimeOffset Time { get; init; }

    public string? Principal { get; init; }

    public string? PrincipalId { get; init; }

    public string? Registry { get; init; }

    public string? Repository { get; init; }

    public IReadOnlyList<string> Actions { get; init; } = [];

    public AccessExplanation Explanation { get; init; } = new();
}
