using Breakwater.Core.Access;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Identity;

public sealed class GroupAndRoleTests
{
    private static IEnumerable<string> RolesOf(TestDirectory test, string name) => test.Principals.Find(name)!.Rights.Assignments.Select(a => a.Role.Name).Order();

    private static Task<RoleAssignmentOutcome> GiveAsync(TestDirectory test, Guid holder, RoleDefinition role) =>
        test.Roles.CreateAsync(test.Managing, Guid.NewGuid(), holder, role.Id, null);

    [Fact]
    public async Task Create_AssignmentToNestedGroup_ReachesItsMembersAtOnceAndEndsWithMembership()
    {
        await using var test = await TestDirectory.CreateAsync();
        var user = await test.Users.CreateAsync(test.Managing, "ann", null, TestDirectory.Password);
        var (outer, inner) = (await test.Groups.CreateAsync(test.Managing, "outer", null), await test.Groups.CreateAsync(test.Managing, "inner", null));
        Assert.True(await test.Groups.AddMemberAsync(test.Managing, outer, inner));
        Assert.True(await test.Groups.AddMemberAsync(test.Managing, inner, user.Principal.Id));

        Assert.Equal(RoleAssignmentOutcome.Done, await GiveAsync(test, outer, BuiltInRoles.AcrPull));
        Assert.Equal(["AcrPull"], RolesOf(test, "ann"));

        Assert.True(await test.Groups.RemoveMemberAsync(test.Managing, outer, inner));
        Assert.Empty(RolesOf(test, "ann"));
    }

    [Fact]
    public async Task AddMember_GroupsInEachOther_ComesToAnEnd()
    {
        await using var test = await TestDirectory.CreateAsync();
        var user = await test.Users.CreateAsync(test.Managing, "ann", null, TestDirectory.Password);
        var (a, b) = (await test.Groups.CreateAsync(test.Managing, "a", null), await test.Groups.CreateAsync(test.Managing, "b", null));
        await test.Groups.AddMemberAsync(test.Managing, a, b);
        await test.Groups.AddMemberAsync(test.Managing, b, a);
        await test.Groups.AddMemberAsync(test.Managing, b, user.Principal.Id);

        await GiveAsync(test, a, BuiltInRoles.AcrPush);

        Assert.Equal(["AcrPush"], RolesOf(test, "ann"));
        Assert.True(await test.Groups.DeleteAsync(test.Managing, a));
        Assert.Empty(RolesOf(test, "ann"));
    }

    [Fact]
    public async Task Create_SameRoleTwiceOrUnknownNames_SaysWhichAndChangesNothing()
    {
        await using var test = await TestDirectory.CreateAsync();
        var user = await test.Users.CreateAsync(test.Managing, "ann", null, TestDirectory.Password);
        Assert.Equal(RoleAssignmentOutcome.Done, await GiveAsync(test, user.Principal.Id, BuiltInRoles.AcrPull));

        Assert.Equal(RoleAssignmentOutcome.Exists, await GiveAsync(test, user.Principal.Id, BuiltInRoles.AcrPull));
        Assert.Equal(RoleAssignmentOutcome.PrincipalUnknown, await GiveAsync(test, Guid.NewGuid(), BuiltInRoles.AcrPull));
        Assert.Equal(RoleAssignmentOutcome.RoleUnknown, await test.Roles.CreateAsync(test.Managing, Guid.NewGuid(), user.Principal.Id, Guid.NewGuid(), null));
        Assert.Equal(["AcrPull"], RolesOf(test, "ann"));
    }

    [Fact]
    public async Task Delete_LastOwner_IsRefusedUntilThereIsAnother()
    {
        await using var test = await TestDirectory.CreateAsync();
        var managing = test.Managing;
        var only = test.Principals.Find("owner")!.Rights.Assignments.Single();
        var user = await test.Users.CreateAsync(managing, "ann", null, TestDirectory.Password);
        var group = await test.Groups.CreateAsync(managing, "owners", null);
        await test.Groups.AddMemberAsync(managing, group, user.Principal.Id);
        await GiveAsync(test, group, BuiltInRoles.Owner);

        Assert.Equal(RoleAssignmentOutcome.LastOwner, await test.Roles.DeleteAsync(managing, only.Id));
        Assert.Equal(["Owner"], RolesOf(test, "owner"));

        await GiveAsync(test, user.Principal.Id, BuiltInRoles.Owner);
        Assert.Equal(RoleAssignmentOutcome.Done, await test.Roles.DeleteAsync(managing, only.Id));
        Assert.Empty(RolesOf(test, "owner"));
        Assert.Equal(RoleAssignmentOutcome.NotFound, await test.Roles.DeleteAsync(managing, only.Id));
    }

    [Fact]
    public async Task Load_AfterRestart_KnowsTheSameRights()
    {
        await using var test = await TestDirectory.CreateAsync();
        var user = await test.Users.CreateAsync(test.Managing, "ann", null, TestDirectory.Password);
        var group = await test.Groups.CreateAsync(test.Managing, "g", null);
        await test.Groups.AddMemberAsync(test.Managing, group, user.Principal.Id);
        await GiveAsync(test, group, BuiltInRoles.AcrPull);
        await GiveAsync(test, user.Principal.Id, BuiltInRoles.AcrDelete);

        await test.Principals.LoadAsync();

        Assert.Equal(["AcrDelete", "AcrPull"], RolesOf(test, "ann"));
        Assert.Equal(["Owner"], RolesOf(test, "owner"));
    }
}
