using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>What the caller of an import may do, asked anew while it runs: a right that is taken away, or a principal that is disabled, ends it.</summary>
internal sealed class ImportRights(ManagementAccess access, bool keepsTags, Func<Registry, bool> reaches, PrincipalDirectory directory, RegistryDirectory registries, KeyRing keys)
{
    public Registry Registry => access.Registry!;

    /// <summary>To push what is imported.</summary>
    /// <exception cref="OciException"><c>Denied</c></exception>
    public RepositoryAccess Target(RepositoryName repository)
    {
        var now = Now();
        var target = RepositoryAccess.DecideImport(now, repository, keepsTags) ?? throw new OciException(OciErrors.Denied);
        RequireReach(now.Registry!);
        return target;
    }

    /// <summary>To pull what is to be imported.</summary>
    /// <exception cref="OciException"><c>SourceNotFound</c></exception>
    public RepositoryAccess Source(Registry source, RepositoryName repository)
    {
        if (registries.Find(source.Id) is not { } there || RepositoryAccess.Decide(Now().Caller, there, repository, RepositoryActions.Pull) is not { } found)
            throw new OciException(ImportErrors.SourceNotFound);
        RequireReach(there);
        // Manifests and small blobs may still be in memory.
        keys.Demand(there.Id);
        return found;
    }

    /// <summary>To pull from a target, which importing into it does not imply: else what one target holds could be carried into another.</summary>
    /// <returns>Null when the caller may not.</returns>
    public RepositoryAccess? Own(RepositoryName repository)
    {
        var now = Now();
        return RepositoryAccess.Decide(now.Caller, now.Registry!, repository, RepositoryActions.Pull);
    }

    // Told to whoever has the right: the registry's network does not trust services, and the import's maker is not in it.
    private void RequireReach(Registry registry)
    {
        if (!reaches(registry))
            throw new OciException(OciErrors.Denied, $"The network rules of registry {registry.Name} refuse your address, and it lets no import pass by them (networkRuleBypassOptions is None).");
    }

    private ManagementAccess Now()
    {
        if (directory.Find(access.Caller.Principal.Id) is not { } entry || entry.Principal.Version != access.Caller.Principal.Version || registries.Find(Registry.Id) is not { } registry)
            throw new OciException(OciErrors.Denied);
        keys.Demand(registry.Id);
        return ManagementAccess.Decide(entry.AsCaller, registry, ManagementActions.ImportImage) ?? throw new OciException(OciErrors.Denied);
    }
}
