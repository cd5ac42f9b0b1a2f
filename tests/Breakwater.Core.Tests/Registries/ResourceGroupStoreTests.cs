using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Registries;

/// <summary>Groups are made and deleted, and what is given in one holds there and nowhere else.</summary>
public sealed class ResourceGroupStoreTests
{
    private static ManagementAccess Everywhere(RegistryFleet fleet, string action) => ManagementAccess.Decide(fleet.Installation.Caller, null, action)!;

    private static ManagementAccess In(RegistryFleet fleet, ResourceGroup group, string action) => ManagementAccess.DecideInGroup(fleet.Installation.Caller, group.Id, action)!;

    private static async Task<ResourceGroup> CreateAsync(RegistryFleet fleet, string name) =>
        (await fleet.Groups.PutAsync(Everywhere(fleet, ManagementActions.ResourceGroupsWrite), name, null, null)).Group!;

    private static Task<ResourceGroupResult> DeleteAsync(RegistryFleet fleet, ResourceGroup group) =>
        fleet.Groups.DeleteAsync(In(fleet, group, ManagementActions.ResourceGroupsDelete), group.Name);

    private static async Task<Registry> CreateAsync(RegistryFleet fleet, ResourceGroup group, string name) =>
        (await fleet.Store.CreateAsync(In(fleet, group, ManagementActions.RegistriesWrite), name, null, new RegistryChange { Plan = Core.Tiers.TierCatalog.Default.Largest })).Registry!;

    [Fact]
    public async Task Group_MadeAndDeleted_IsThereAfterAStartAndThenGone()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var group = await CreateAsync(fleet, "Team-Blue");
        await fleet.Groups.PutAsync(In(fleet, group, ManagementActions.ResourceGroupsWrite), "team-blue", null, new Dictionary<string, string> { ["team"] = "blue" });
        await fleet.Installation.ReopenAsync();
        var found = fleet.Installation.Open.Groups.Find("TEAM-BLUE")!;
        Assert.Equal((group.Id, "Team-Blue", "blue"), (found.Id, found.Name, found.Labels["team"]));
        await fleet.Installation.AssertSoundAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("ends.")]
    [InlineData("with space")]
    [InlineData("with/slash")]
    [InlineData("with:colon")]
    public async Task Put_BadName_IsRefused(string name)
    {
        await using var fleet = await RegistryFleet.StartAsync();
        await Assert.ThrowsAsync<InvalidValueException>(() => CreateAsync(fleet, name));
        await Assert.ThrowsAsync<InvalidValueException>(() => CreateAsync(fleet, new string('a', 91)));
        Assert.Single(fleet.Installation.Open.Groups.All);
    }

    [Fact]
    public async Task Delete_WithRegistries_IsRefusedWithTheirNames()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var group = await CreateAsync(fleet, "team");
        var registry = await CreateAsync(fleet, group, "fleet");
        Assert.Equal((group.Id, "team"), (registry.GroupId, registry.GroupName));

        var held = await DeleteAsync(fleet, group);
        Assert.Equal((ResourceGroupOutcome.HasRegistries, "fleet"), (held.Outcome, Assert.Single(held.Registries!)));
        await fleet.DeleteAsync(registry);
        // It could be recovered, to nowhere.
        Assert.Equal("fleet (deleted)", Assert.Single((await DeleteAsync(fleet, group)).Registries!));
        await fleet.Installation.Open.Erasure.EraseAsync(registry.Id, fleet.Installation.Clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal(ResourceGroupOutcome.Deleted, (await DeleteAsync(fleet, group)).Outcome);
        Assert.Null(fleet.Installation.Open.Groups.Find("team"));
        Assert.Equal(RegistryOutcome.Done, await fleet.Store.CheckNameAsync("fleet"));
        await fleet.Installation.AssertSoundAsync();
    }

    [Fact]
    public async Task Delete_TheDefaultGroup_IsRefused()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var group = fleet.Installation.Open.Groups.Find(RoleScope.DefaultGroupId)!;
        Assert.Equal(ResourceGroupOutcome.IsDefault, (await DeleteAsync(fleet, group)).Outcome);
    }

    /// <summary>A role in one group opens its registries, and none of another group; and a group made again under the same name inherits nothing.</summary>
    [Fact]
    public async Task Role_GivenInAGroup_HoldsThereOnlyAndEndsWithIt()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (blue, green) = (await CreateAsync(fleet, "blue"), await CreateAsync(fleet, "green"));
        var (inBlue, inGreen) = (await CreateAsync(fleet, blue, "inblue"), await CreateAsync(fleet, green, "ingreen"));
        var roles = new RoleAssignments(fleet.Installation.Open.Database, fleet.Directory, fleet.Installation.Clock);
        var users = new UserAccounts(fleet.Installation.Open.Database, fleet.Directory, new PasswordHasher(10), fleet.Installation.Clock);
        var ann = (await users.CreateAsync(Everywhere(fleet, ManagementActions.DirectoryWrite), "ann", null, new Secret("a password of ann's"))).Principal.Id;
        await roles.CreateAsync(In(fleet, blue, ManagementActions.RoleAssignmentsWrite), Guid.NewGuid(), ann, BuiltInRoles.Contributor.Id, null);
        Caller Ann() => fleet.Directory.Find(ann)!.AsCaller;

        Assert.NotNull(RepositoryAccess.Decide(Ann(), inBlue, RepositoryName.Parse("a"), RepositoryActions.Push));
        Assert.NotNull(ManagementAccess.Decide(Ann(), inBlue, ManagementActions.RegistriesWrite));
        Assert.Null(RepositoryAccess.Decide(Ann(), inGreen, RepositoryName.Parse("a"), RepositoryActions.Pull));
        Assert.Null(ManagementAccess.Decide(Ann(), inGreen, ManagementActions.RegistriesRead));
        Assert.Null(ManagementAccess.DecideInGroup(Ann(), green.Id, ManagementActions.RegistriesWrite));
        Assert.Null(ManagementAccess.Decide(Ann(), null, ManagementActions.ResourceGroupsWrite));

        await fleet.DeleteAsync(inBlue);
        await fleet.Installation.Open.Erasure.EraseAsync(inBlue.Id, fleet.Installation.Clock.GetUtcNow(), CancellationToken.None);
        Assert.Equal(ResourceGroupOutcome.Deleted, (await DeleteAsync(fleet, blue)).Outcome);
        Assert.Empty(Ann().Rights.Assignments);
        var again = await CreateAsync(fleet, "blue");
        var anew = await CreateAsync(fleet, again, "inblue");
        Assert.NotEqual(blue.Id, again.Id);
        Assert.Null(RepositoryAccess.Decide(Ann(), anew, RepositoryName.Parse("a"), RepositoryActions.Pull));
    }

    [Fact]
    public async Task Assignments_ListedAtAScope_AreThoseThere_AboveAndBelow()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (blue, green) = (await CreateAsync(fleet, "blue"), await CreateAsync(fleet, "green"));
        var (inBlue, inGreen) = (await CreateAsync(fleet, blue, "inblue"), await CreateAsync(fleet, green, "ingreen"));
        var roles = new RoleAssignments(fleet.Installation.Open.Database, fleet.Directory, fleet.Installation.Clock);
        var users = new UserAccounts(fleet.Installation.Open.Database, fleet.Directory, new PasswordHasher(10), fleet.Installation.Clock);
        var ann = (await users.CreateAsync(Everywhere(fleet, ManagementActions.DirectoryWrite), "ann", null, new Secret("a password of ann's"))).Principal.Id;
        const string Write = ManagementActions.RoleAssignmentsWrite, Read = ManagementActions.RoleAssignmentsRead;
        ManagementAccess[] scopes = [Everywhere(fleet, Write), In(fleet, blue, Write), In(fleet, green, Write), fleet.Managing(inBlue, Write), fleet.Managing(inGreen, Write)];
        foreach (var scope in scopes)
            await roles.CreateAsync(scope, Guid.NewGuid(), ann, BuiltInRoles.Reader.Id, null);

        async Task<string> ListAsync(ManagementAccess access, bool atScope) => string.Join(
            ' ', (await roles.ListAsync(access, new RoleAssignmentFilter(null, null, atScope), Guid.Empty, 100)).Items.Select(item => Array.FindIndex(scopes, scope => scope.Scope == item.Assignment.Scope)).Order());
        Assert.Equal("0 1 2 3 4", await ListAsync(Everywhere(fleet, Read), false));
        Assert.Equal("0", await ListAsync(Everywhere(fleet, Read), true));
        Assert.Equal("0 1 3", await ListAsync(In(fleet, blue, Read), false));
        Assert.Equal("0 1", await ListAsync(In(fleet, blue, Read), true));
        Assert.Equal("0 2 4", await ListAsync(fleet.Managing(inGreen, Read), true));
    }

    [Fact]
    public async Task DeletedRegistry_OfOneGroup_IsNotToBeHadInAnother()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var (blue, green) = (await CreateAsync(fleet, "blue"), await CreateAsync(fleet, "green"));
        await fleet.DeleteAsync(await CreateAsync(fleet, blue, "inblue"));
        Assert.Empty(await fleet.Store.ListDeletedAsync(In(fleet, green, ManagementActions.RegistriesRead)));
        Assert.Equal(RegistryOutcome.NotFound, (await fleet.Store.RecoverAsync(In(fleet, green, ManagementActions.RecoverRegistry), "inblue")).Outcome);
        Assert.Null(await fleet.Store.FindForPurgeAsync(In(fleet, green, ManagementActions.PurgeRegistry), "inblue"));
        var recovered = (await fleet.Store.RecoverAsync(In(fleet, blue, ManagementActions.RecoverRegistry), "inblue")).Registry!;
        Assert.Equal((blue.Id, "blue"), (recovered.GroupId, recovered.GroupName));
    }
}
