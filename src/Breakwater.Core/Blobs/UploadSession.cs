using System.Collections.Immutable;
using System.Security.Cryptography;
using Breakwater.Core.Storage;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Blobs;

/// <summary>
/// An upload in progress. It belongs to one principal and one repository. Each body that arrives is a run: a sealed object of its own,
/// so that chunk boundaries need no alignment and no key meets two plaintexts at one place.
/// </summary>
internal sealed class UploadSession : IDisposable
{
    public required Guid Id { get; init; }

    public required Guid RegistryId { get; init; }

    public required Guid RepositoryId { get; init; }

    public required Guid PrincipalId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Held by the one request that may use the session.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Sealed and durable. Changed by the holder of the gate, and always whole: others look without it.</summary>
    public ImmutableList<UploadRun> Runs { get; set; } = [];

    /// <summary>The run that takes the present body; only the holder of the gate may touch it.</summary>
    public VaultWriter? Open { get; set; }

    /// <summary>The open run that the database knows.</summary>
    public Guid RecordedRun { get; set; }

    /// <summary>Of the digest that is computed while the content arrives.</summary>
    public DigestAlgorithm Algorithm { get; set; }

    /// <summary>State of the digest over all runs; null when it must be rebuilt by reading them.</summary>
    public IncrementalHash? Hash { get; set; }

    /// <summary>Whether the database knows the session.</summary>
    public bool IsStored { get; set; }

    /// <summary>The write that made the database know it; null while none was begun.</summary>
    public Task? Recorded { get; set; }

    /// <summary>Committed or cancelled: whoever waited for the gate finds nothing.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Room for its content, until it ends.</summary>
    public Reservation Reserved { get; } = new();

    public DateTimeOffset LastUsed { get; set; }

    public long SizeBytes => Runs.Sum(run => run.SizeBytes) + (Open?.SizeBytes ?? 0);

    public void Restart(DigestAlgorithm algorithm)
    {
        Hash?.Dispose();
        Algorithm = algorithm;
        Hash = IncrementalHash.CreateHash(algorithm == DigestAlgorithm.Sha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
    }

    public void ForgetHash()
    {
        Hash?.Dispose();
        Hash = null;
    }

    public void Dispose()
    {
        ForgetHash();
        Gate.Dispose();
    }
}
