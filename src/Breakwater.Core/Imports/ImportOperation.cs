using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>An import that runs or has ended. It is in memory only: a restart forgets it, and what arrived stays.</summary>
public sealed class ImportOperation
{
    internal ImportOperation(Guid id, Registry registry, Guid principalId) => (Id, Registry, PrincipalId) = (id, registry, principalId);

    public Guid Id { get; }

    public Registry Registry { get; }

    /// <summary>Who started it.</summary>
    public Guid PrincipalId { get; }

    /// <summary>Never fails; see <see cref="Failure"/>.</summary>
    public Task Ended { get; internal set; } = Task.CompletedTask;

    /// <summary>Why it did not succeed. Null while it runs, and when it did.</summary>
    public OciException? Failure { get; internal set; }

    internal DateTimeOffset? EndedAt { get; set; }

    /// <summary>As operation results name it.</summary>
    public string Name => $"registries-{Id:D}";
}
