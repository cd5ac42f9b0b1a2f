using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>
/// The user-assigned identities of a registry: found when they are given, and shown with what names them elsewhere. An identity may be deleted while a
/// registry has it; the registry then shows it without ids, also when another one is made under the name.
/// </summary>
internal sealed class RegistryIdentities(ManagedIdentities identities, PrincipalDirectory directory, InstallationScope installation)
{
    private readonly string _prefix = $"{installation.DefaultGroup}{IdentityRoute.Root}/";

    /// <summary>What the registry has already stays, whoever asks: clients send the whole resource to change one member of it.</summary>
    /// <returns>Null when nothing is said about them.</returns>
    /// <exception cref="OciException"><c>IdentityNotFound</c>: one that is new to the registry is not there, or not to be seen by the caller. <c>InvalidRequest</c></exception>
    public async Task<IReadOnlyList<AssignedIdentity>?> FindAsync(ManagementAccess access, RegistryIdentityBody? body)
    {
        if (body is null)
            return null;
        var found = new List<AssignedIdentity>();
        foreach (var id in body.ToList())
            found.Add(await FindAsync(access, id));
        return [.. found.DistinctBy(identity => identity.ResourceId, StringComparer.OrdinalIgnoreCase)];
    }

    public object Render(Registry registry) => registry.Identities.IsEmpty
        ? new { type = RegistryIdentityBody.None }
        : new { type = RegistryIdentityBody.UserAssigned, userAssignedIdentities = registry.Identities.ToDictionary(identity => identity.ResourceId, RenderIds) };

    private async Task<AssignedIdentity> FindAsync(ManagementAccess access, string id)
    {
        var present = access.Registry?.Identities.FirstOrDefault(identity => identity.Is(id));
        if (present is not null && PrincipalOf(present) is not null)
            return present;
        var seen = id.StartsWith(_prefix, StringComparison.OrdinalIgnoreCase) ? await identities.FindSeenAsync(access, id[_prefix.Length..]) : null;
        return seen is not null
            ? new AssignedIdentity(IdentityRoute.IdOf(installation, seen), seen.Id)
            : present ?? throw new OciException(ManagementErrors.IdentityNotFound, $"'{id}' is no managed identity that you may see. See az identity list, or ask whoever administers the directory.");
    }

    private object RenderIds(AssignedIdentity identity) =>
        PrincipalOf(identity) is { } principal ? new { principalId = principal.Id, clientId = principal.Name } : new { };

    // A service principal is named by its client id.
    private Principal? PrincipalOf(AssignedIdentity identity) => identity.PrincipalId is { } id ? directory.Find(id)?.Principal : null;
}
