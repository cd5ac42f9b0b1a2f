using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Dapper;

namespace Breakwater.Core.Tests.Identity;

public sealed class UserDirectoryTests
{
    [Fact]
    public async Task CreateOwner_NewName_HoldsOwnerEverywhere()
    {
        await using var test = await TestDirectory.CreateAsync();

        var entry = test.Principals.Find("owner")!;

        var assignment = Assert.Single(entry.Rights.Assignments);
        Assert.Equal(BuiltInRoles.Owner, assignment.Role);
        Assert.Equal(RoleScope.Installation, assignment.Scope);
        Assert.Same(entry, test.Principals.Find(entry.Principal.Id));
    }

    [Theory]
    [InlineData("owner", "correct horse battery", "already")]
    [InlineData("Owner", "correct horse battery", "no user name")]
    [InlineData("a:b", "correct horse battery", "no user name")]
    [InlineData("other", "short", "at least 12")]
    public async Task CreateOwner_NotAcceptable_NamesTheRemedy(string name, string password, string part)
    {
        await using var test = await TestDirectory.CreateAsync();

        var refusal = await Assert.ThrowsAsync<InvalidValueException>(() => test.Users.CreateOwnerAsync(name, new Secret(password)));

        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_AfterRestart_KnowsTheSameUsers()
    {
        await using var test = await TestDirectory.CreateAsync();
        var before = test.Principals.Find("owner")!;
        var restarted = new PrincipalDirectory(test.Database);
        Assert.Null(restarted.Find("owner"));

        await restarted.LoadAsync();

        Assert.Equal(before.Principal, restarted.Find("owner")!.Principal);
        Assert.Equal(before.Rights.Assignments.Select(a => a.Id), restarted.Find("owner")!.Rights.Assignments.Select(a => a.Id));
    }

    [Fact]
    public async Task Load_RoleThatThisVersionDoesNotKnow_GrantsNothing()
    {
        await using var test = await TestDirectory.CreateAsync();
        await test.Database.WriteAsync(db => db.Execute("UPDATE role_assignment SET role_id = @id", new { id = Guid.NewGuid() }));

        await test.Principals.LoadAsync();

        Assert.Empty(test.Principals.Find("owner")!.Rights.Assignments);
    }

    [Fact]
    public async Task SetPassword_Always_RaisesTheVersion()
    {
        await using var test = await TestDirectory.CreateAsync();
        var id = test.Principals.Find("owner")!.Principal.Id;

        await test.Users.SetPasswordAsync(id, new Secret("another horse battery"));

        Assert.Equal(2, test.Principals.Find("owner")!.Principal.Version);
        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Users.SetPasswordAsync(Guid.NewGuid(), TestDirectory.Password));
    }

    [Fact]
    public async Task Database_AfterAllOfIt_HoldsNoPassword()
    {
        await using var test = await TestDirectory.CreateAsync();

        var hash = await test.Database.ReadAsync(db => db.QuerySingleAsync<string>("SELECT password_hash FROM directory_user"));

        Assert.DoesNotContain(TestDirectory.Password.Reveal(), hash, StringComparison.Ordinal);
        Assert.StartsWith("$pbkdf2-sha256$", hash, StringComparison.Ordinal);
    }
}
