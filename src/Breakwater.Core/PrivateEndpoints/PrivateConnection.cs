namespace Breakwater.Core.PrivateEndpoints;

/// <summary>A registry's connection with a private endpoint.</summary>
public sealed record PrivateConnection
{
    public required Guid Id { get; init; }

    public required Guid RegistryId { get; init; }

    public required string Name { get; init; }

    /// <summary>Name of the private endpoint that asked for it.</summary>
    public required string EndpointName { get; init; }

    /// <summary>Of this connection for as long as it is there: other terms are another connection.</summary>
    public required ConnectionTerms Terms { get; init; }

    public required ConnectionStatus Status { get; init; }

    /// <summary>What was said when it was asked for, approved or rejected.</summary>
    public required string Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
