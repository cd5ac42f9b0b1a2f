using Breakwater.Core.Access;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Access;

/// <summary>What each role opens, in both modes. https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview</summary>
public sealed class RoleMatrixTests
{
    private const RepositoryActions Read = RepositoryActions.Pull | RepositoryActions.MetadataRead;
    private const RepositoryActions Write = Read | RepositoryActions.Push;
    private const RegistryActions SignIn = RegistryActions.SignIn, Listing = RegistryActions.SignIn | RegistryActions.Catalog;

    public static readonly TheoryData<string, RepositoryActions, RegistryActions, RepositoryActions, RegistryActions> Matrix = new()
    {
        // role; legacy: on repositories, on the registry; data actions only: the same
        { "Owner", RepositoryActions.All, RegistryActions.All, RepositoryActions.None, SignIn },
        { "Contributor", RepositoryActions.All, RegistryActions.All, RepositoryActions.None, SignIn },
        { "Reader", Read | RepositoryActions.DeletedRead, RegistryActions.All, RepositoryActions.None, SignIn },
        { "User Access Administrator", Read | RepositoryActions.DeletedRead, RegistryActions.All, RepositoryActions.None, SignIn },
        { "AcrPull", Read, Listing, RepositoryActions.None, SignIn },
        { "AcrPush", Write, Listing, RepositoryActions.None, SignIn },
        { "AcrDelete", RepositoryActions.Delete, SignIn, RepositoryActions.None, SignIn },
        { "AcrImageSigner", RepositoryActions.Sign, SignIn, RepositoryActions.Sign, SignIn },
        { "AcrQuarantineReader", RepositoryActions.None, SignIn, RepositoryActions.None, SignIn },
        { "AcrQuarantineWriter", RepositoryActions.None, SignIn, RepositoryActions.None, SignIn },
        { "Container Registry Repository Reader", RepositoryActions.None, SignIn, Read | RepositoryActions.DeletedRead, SignIn },
        { "Container Registry Repository Writer", RepositoryActions.None, SignIn, Write | RepositoryActions.MetadataWrite | RepositoryActions.DeletedRead, SignIn },
        { "Container Registry Repository Contributor", RepositoryActions.None, SignIn, RepositoryActions.All, SignIn },
        { "Container Registry Repository Catalog Lister", RepositoryActions.None, SignIn, RepositoryActions.None, RegistryActions.All },
    };

    private static GrantedActions Decide(Caller caller, RoleAssignmentMode mode) => AccessDecider.Decide(
        caller.Principal, caller.Rights, Callers.Registry with { RoleAssignmentMode = mode }, RepositoryName.Parse("any/repository"), null);

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Decide_Role_GrantsWhatTheMatrixSays(
        string role, RepositoryActions legacy, RegistryActions legacyRegistry, RepositoryActions abac, RegistryActions abacRegistry)
    {
        var caller = Callers.With(BuiltInRoles.All.Single(r => r.Name == role));

        Assert.Equal(new GrantedActions(legacyRegistry, legacy), Decide(caller, RoleAssignmentMode.LegacyRegistryPermissions));
        Assert.Equal(new GrantedActions(abacRegistry, abac), Decide(caller, RoleAssignmentMode.AbacRepositoryPermissions));
    }

    [Fact]
    public void Matrix_Roles_AreAllThereAre() => Assert.Equal(BuiltInRoles.All.Select(r => r.Name).Order(), Matrix.Select(row => row.Data.Item1).Order());

    [Theory]
    [InlineData("Owner", "Microsoft.Authorization/roleAssignments/write", true)]
    [InlineData("Contributor", "Microsoft.Authorization/roleAssignments/write", false)]
    [InlineData("Contributor", "Microsoft.ContainerRegistry/registries/write", true)]
    [InlineData("Reader", "Microsoft.Authorization/roleAssignments/read", true)]
    [InlineData("Reader", "Microsoft.ContainerRegistry/registries/write", false)]
    [InlineData("User Access Administrator", "Microsoft.Authorization/roleAssignments/delete", true)]
    [InlineData("User Access Administrator", "Microsoft.ContainerRegistry/registries/write", false)]
    [InlineData("AcrPush", "Microsoft.Authorization/roleAssignments/read", false)]
    public void Allows_ManagementAction_IsAsInAzure(string role, string action, bool expected)
    {
        var caller = Callers.With(BuiltInRoles.All.Single(r => r.Name == role));

        Assert.Equal(expected, AccessDecider.Allows(caller.Principal, caller.Rights, Callers.Registry, action));
    }

    [Theory]
    [InlineData("*", null, RepositoryActions.None, RepositoryActions.None)]
    [InlineData("Microsoft.ContainerRegistry/registries/sign/*", null, RepositoryActions.None, RepositoryActions.None)]
    [InlineData("microsoft.containerregistry/registries/sign/write", null, RepositoryActions.Sign, RepositoryActions.None)]
    [InlineData(null, "*", RepositoryActions.None, RepositoryActions.None)]
    [InlineData(null, "Microsoft.ContainerRegistry/registries/*/write", RepositoryActions.None, RepositoryActions.None)]
    [InlineData(null, "Microsoft.ContainerRegistry/registries/trustedCollections/write", RepositoryActions.None, RepositoryActions.Sign)]
    public void Decide_SigningInACustomRole_MustBeNamed(string? action, string? dataAction, RepositoryActions legacy, RepositoryActions abac)
    {
        var role = new RoleDefinition(Guid.NewGuid(), "custom", new RolePermissions
        {
            Actions = action is null ? [] : [new(action)],
            DataActions = dataAction is null ? [] : [new(dataAction)],
        }, isCustom: true);

        Assert.Equal(legacy, Decide(Callers.With(role), RoleAssignmentMode.LegacyRegistryPermissions).Repository & RepositoryActions.Sign);
        Assert.Equal(abac, Decide(Callers.With(role), RoleAssignmentMode.AbacRepositoryPermissions).Repository & RepositoryActions.Sign);
    }

    /// <summary>ACR's actions in the one mode; in the other both of writing and deleting, by one role and under one condition.</summary>
    [Theory]
    [InlineData("Microsoft.ContainerRegistry/registries/deleted/restore/action", null, true, false)]
    [InlineData("Microsoft.ContainerRegistry/registries/deleted/read", null, false, false)]
    [InlineData("Microsoft.ContainerRegistry/registries/*", null, false, false)]
    [InlineData(null, "repositories/content/write", false, false)]
    [InlineData(null, "repositories/content/delete", false, false)]
    [InlineData(null, "repositories/content/write repositories/content/delete", false, true)]
    [InlineData(null, "repositories/content/*", false, true)]
    public void Decide_RestoringInACustomRole_IsAsDocumented(string? action, string? dataActions, bool legacy, bool abac)
    {
        var role = new RoleDefinition(Guid.NewGuid(), "custom", new RolePermissions
        {
            Actions = action is null ? [] : [new(action)],
            DataActions = [.. (dataActions ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new PermissionPattern("Microsoft.ContainerRegistry/registries/" + text))],
        }, isCustom: true);

        Assert.Equal(legacy, Decide(Callers.With(role), RoleAssignmentMode.LegacyRegistryPermissions).Repository.HasFlag(RepositoryActions.DeletedRestore));
        Assert.Equal(abac, Decide(Callers.With(role), RoleAssignmentMode.AbacRepositoryPermissions).Repository.HasFlag(RepositoryActions.DeletedRestore));
    }

    /// <summary>A condition that takes one of the two away takes the restore.</summary>
    [Theory]
    [InlineData("Microsoft.ContainerRegistry/registries/repositories/content/delete", false)]
    [InlineData("Microsoft.ContainerRegistry/registries/repositories/content/write", false)]
    [InlineData("Microsoft.ContainerRegistry/registries/repositories/metadata/read", true)]
    public void Decide_RestoringUnderACondition_NeedsBoth(string narrowed, bool restores)
    {
        var condition = $"(!(ActionMatches{{'{narrowed}'}}) OR @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'other')";
        var holder = new Principal(Guid.NewGuid(), PrincipalKind.User, "somebody", 1);
        var assignment = new RoleAssignment(Guid.NewGuid(), holder.Id, BuiltInRoles.RepositoryContributor, RoleScope.Installation, Core.Access.Conditions.AccessCondition.Parse(condition));
        var granted = Decide(new Caller(holder, new PrincipalRights(holder.Id, [], [assignment])), RoleAssignmentMode.AbacRepositoryPermissions).Repository;

        Assert.Equal(restores, granted.HasFlag(RepositoryActions.DeletedRestore));
        Assert.True(granted.HasFlag(RepositoryActions.Pull));
    }

    [Fact]
    public void Decide_CustomRoleWithAWildcardOverTheRegistry_OpensNoData()
    {
        var role = new RoleDefinition(Guid.NewGuid(), "custom", new RolePermissions { Actions = [new("Microsoft.ContainerRegistry/registries/*")] }, isCustom: true);

        Assert.Equal(RepositoryActions.None, Decide(Callers.With(role), RoleAssignmentMode.LegacyRegistryPermissions).Repository);
        Assert.True(role.Permissions.Allows("Microsoft.ContainerRegistry/registries/write"));
    }
}
