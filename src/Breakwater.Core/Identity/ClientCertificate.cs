namespace Breakwater.Core.Identity;

/// <summary>A certificate by which a service principal proves itself; the public half only.</summary>
public sealed record ClientCertificate
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>DER.</summary>
    public required byte[] Certificate { get; init; }

    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}
