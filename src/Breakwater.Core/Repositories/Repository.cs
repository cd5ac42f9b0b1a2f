using Breakwater.Oci;

namespace Breakwater.Core.Repositories;

/// <summary>A repository by its identity: one that is created again under the same name is another.</summary>
public sealed record Repository(Guid Id, Guid RegistryId, RepositoryName Name, ItemLocks Locks)
{
    /// <exception cref="OciException"><c>OperationDisallowed</c></exception>
    internal void Refuse(ItemLocks operation) => Locked.Refuse(Locks, operation, "repository", Name.Value);
}
