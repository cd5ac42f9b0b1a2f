namespace Breakwater.Core.PrivateEndpoints;

/// <summary>A private endpoint, with its connection as the registry has it.</summary>
public sealed record PrivateEndpoint
{
    public required Guid Id { get; init; }

    /// <summary>1 to 80 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>. Unlike in case is the same.</summary>
    public required string Name { get; init; }

    public required Guid RegistryId { get; init; }

    /// <summary>At the time it was made.</summary>
    public required string RegistryName { get; init; }

    public required Guid ConnectionId { get; init; }

    public required string RequestMessage { get; init; }

    /// <summary>ARM's tags, a JSON object.</summary>
    public required string Tags { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: the registry deleted it, or is gone itself.</summary>
    public PrivateConnection? Connection { get; init; }
}
