using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Core.Tiers;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Registries;

public sealed class RegistryStoreTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["team"] = "blue", ["cost centre"] = "4711" };

    [Fact]
    public async Task Create_EverythingThatCanBeSaid_IsThereAfterReopening()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var wanted = new RegistryChange(RoleAssignmentMode.AbacRepositoryPermissions, AdminUserEnabled: true, AnonymousPullEnabled: true) { Labels = Labels, HostNames = ["Images.Example"] };
        var made = await fleet.CreateAsync("fleetOne", "Standard", wanted);

        await fleet.Installation.ReopenAsync();
        var found = fleet.Registries.Find("FLEETONE")!;

        Assert.Equal((made.Id, "fleetOne", "Standard", RoleAssignmentMode.AbacRepositoryPermissions, true, true), (found.Id, found.Name, found.Plan.Name, found.RoleAssignmentMode, found.AdminUserEnabled, found.AnonymousPullEnabled));
        Assert.Equal(Labels, found.Labels);
        Assert.Equal(["images.example"], found.HostNames);
        Assert.Equal(found.Id, fleet.Registries.Resolve("images.example:5000")!.Id);
        Assert.Equal(found.Id, fleet.Registries.Resolve("FleetOne.localhost")!.Id);
        Assert.Equal("local", fleet.Registries.Resolve("localhost:5000")!.Name);
        Assert.Null(fleet.Registries.Resolve("other.localhost"));
        await fleet.Installation.AssertSoundAsync();
    }

    [Theory]
    [InlineData("four")]
    [InlineData("with-hyphen")]
    [InlineData("unter.grund")]
    [InlineData("0123456789012345678901234567890123456789012345678901")]
    public async Task Create_BadName_IsRefused(string name)
    {
        await using var fleet = await RegistryFleet.StartAsync();
        await Assert.ThrowsAsync<InvalidValueException>(() => fleet.CreateAsync(name));
        Assert.Single(fleet.Registries.All);
    }

    [Fact]
    public async Task Create_NameOfAnotherOrOfAUser_IsTaken()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet");
        await new UserAccounts(fleet.Installation.Open.Database, fleet.Directory, new PasswordHasher(10), fleet.Installation.Clock).CreateOwnerAsync("alice", new Secret("correct horse battery"));

        Assert.Equal(RegistryOutcome.NameTaken, (await fleet.Store.CreateAsync(fleet.Managing(), "Fleet", null, new RegistryChange())).Outcome);
        Assert.Equal(RegistryOutcome.NameTaken, (await fleet.Store.CreateAsync(fleet.Managing(), "Alice", null, new RegistryChange())).Outcome);
        await fleet.DeleteAsync(made);
        Assert.Equal(RegistryOutcome.NameDeleted, (await fleet.Store.CreateAsync(fleet.Managing(), "FLEET", null, new RegistryChange())).Outcome);
    }

    [Fact]
    public async Task Change_AnotherRevisionThanSeen_ChangesNothing()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet");
        var first = await fleet.Store.ChangeAsync(fleet.Managing(made), new RegistryChange(AdminUserEnabled: true) { IfRevision = made.Revision });

        var second = await fleet.Store.ChangeAsync(fleet.Managing(made), new RegistryChange(AdminUserEnabled: false) { IfRevision = made.Revision });

        Assert.Equal((RegistryOutcome.Done, made.Revision + 1), (first.Outcome, first.Registry!.Revision));
        Assert.Equal(RegistryOutcome.RevisionDiffers, second.Outcome);
        Assert.True(fleet.Registries.Find(made.Id)!.AdminUserEnabled);
    }

    [Fact]
    public async Task Delete_First_IsRefused()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        Assert.Equal(RegistryOutcome.IsFirst, await fleet.DeleteAsync(fleet.Registries.First));
    }

    [Fact]
    public async Task Recover_Deleted_IsAsBeforeAndItsTokensHaveEnded()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet", wanted: new RegistryChange { HostNames = ["images.example"] });
        await fleet.DeleteAsync(made);
        Assert.Null(fleet.Registries.Resolve("fleet.localhost"));
        Assert.Equal("local", fleet.Registries.Resolve("images.example")!.Name);
        Assert.Equal(["fleet"], (await fleet.Store.ListDeletedAsync(fleet.Managing(ManagementActions.RegistriesRead))).Select(deleted => deleted.Name));
        await fleet.Installation.ReopenAsync();

        // By the stores of the process that came after.
        var recovered = (await fleet.NewStore().RecoverAsync(fleet.Managing(ManagementActions.RecoverRegistry), "FLEET")).Registry!;

        Assert.Equal((made.Id, made.SecurityVersion + 1), (recovered.Id, recovered.SecurityVersion));
        Assert.Equal(["images.example"], recovered.HostNames);
        Assert.Equal(made.Id, fleet.Registries.Resolve("fleet.localhost")!.Id);
    }

    [Fact]
    public async Task HostNames_ByWhoManagesOneRegistryOnly_AreRefused()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet");
        var access = ManagementAccess.Decide(ContributorOf(made), made, ManagementActions.RegistriesWrite)!;

        await Assert.ThrowsAsync<InvalidValueException>(() => fleet.Store.ChangeAsync(access, new RegistryChange { HostNames = ["registry.example"] }));
        await fleet.Store.ChangeAsync(access, new RegistryChange(AdminUserEnabled: true));
    }

    [Fact]
    public async Task Recover_HostGivenToAnotherMeanwhile_StaysThere()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet", wanted: new RegistryChange { HostNames = ["images.example"] });
        await fleet.DeleteAsync(made);
        var other = await fleet.CreateAsync("other", wanted: new RegistryChange { HostNames = ["images.example"] });
        await fleet.Store.RecoverAsync(fleet.Managing(ManagementActions.RecoverRegistry), "fleet");

        Assert.Equal(other.Id, fleet.Registries.Resolve("images.example")!.Id);
        await fleet.Installation.ReopenAsync();
        Assert.Equal(other.Id, fleet.Registries.Resolve("images.example")!.Id);
        Assert.Empty(fleet.Registries.Find("fleet")!.HostNames);
    }

    [Fact]
    public async Task Tier_ByWhoManagesOneRegistryOnly_IsRefused()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet", "Basic");
        var access = ManagementAccess.Decide(ContributorOf(made), made, ManagementActions.RegistriesWrite)!;

        var refusal = await Assert.ThrowsAsync<OciException>(() => fleet.Store.ChangeAsync(access, new RegistryChange { Plan = TierCatalog.Default.Largest }));
        Assert.Equal(OciErrors.Denied, refusal.Error);
        Assert.Equal("Basic", (await fleet.Store.ChangeAsync(access, new RegistryChange(AdminUserEnabled: true) { Plan = made.Plan })).Registry!.Plan.Name);
    }

    [Fact]
    public async Task Group_ProofOfOneRegistry_OpensNothingThere()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var proof = fleet.Managing(await fleet.CreateAsync("fleet"));

        await Assert.ThrowsAsync<OciException>(() => fleet.Store.CreateAsync(proof, "another", null, new RegistryChange()));
        await Assert.ThrowsAsync<OciException>(() => fleet.Store.ListDeletedAsync(proof));
        await Assert.ThrowsAsync<OciException>(() => fleet.Store.RecoverAsync(proof, "fleet"));
        await Assert.ThrowsAsync<OciException>(() => fleet.Store.FindForPurgeAsync(proof, "fleet"));
    }

    private static Caller ContributorOf(Registry registry)
    {
        var holder = new Principal(Guid.NewGuid(), PrincipalKind.User, "bob", 1);
        var contributor = BuiltInRoles.All.Single(role => role.Name == "Contributor");
        return new Caller(holder, new PrincipalRights(holder.Id, [], [new RoleAssignment(Guid.NewGuid(), holder.Id, contributor, RoleScope.Of(registry))]));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("plain.example")]
    [InlineData("x.localhost")]
    [InlineData("10.0.0.1")]
    [InlineData("host:5000")]
    [InlineData("taken.example")]
    public async Task HostNames_ReservedOrInUse_AreRefused(string host)
    {
        await using var fleet = await RegistryFleet.StartAsync();
        await fleet.CreateAsync("other", wanted: new RegistryChange { HostNames = ["taken.example"] });
        var made = await fleet.CreateAsync("fleet");
        await Assert.ThrowsAsync<InvalidValueException>(() => fleet.Store.ChangeAsync(fleet.Managing(made), new RegistryChange { HostNames = [host] }));
    }

    [Fact]
    public async Task Principals_OfOneRegistry_AreNobodyInAnother()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var one = await fleet.CreateAsync("fleetone", wanted: new RegistryChange(AdminUserEnabled: true));
        var two = await fleet.CreateAsync("fleettwo");
        foreach (var registry in new[] { one, two })
            await fleet.Tokens.PutAsync(fleet.Managing(registry, ManagementActions.TokensWrite), "sametoken", "_repositories_pull", enabled: true);
        var password = (await fleet.Tokens.GenerateAsync(fleet.Managing(one, ManagementActions.GenerateCredentials), "sametoken", "password1", null))!;
        var signIn = new PasswordSignIn(
            fleet.Directory, new UserAccounts(fleet.Installation.Open.Database, fleet.Directory, new PasswordHasher(10), fleet.Installation.Clock),
            new ServicePrincipals(fleet.Installation.Open.Database, fleet.Directory, fleet.Installation.Clock), new PasswordHasher(10), new HashingQueue(), new LoginThrottle(new LoginLimits(), fleet.Installation.Clock), fleet.Installation.Clock);
        Task<SignInResult> TryAsync(Registry? registry) => signIn.SignInAsync(registry, "sametoken", password, IPAddress.Loopback, TestContext.Current.CancellationToken);

        Assert.Equal(SignInOutcome.Refused, (await TryAsync(two)).Outcome);
        var caller = (await TryAsync(one)).Caller!;
        // It is remembered now.
        Assert.Equal(SignInOutcome.Refused, (await TryAsync(two)).Outcome);
        Assert.Equal(SignInOutcome.Refused, (await TryAsync(null)).Outcome);
        Assert.NotNull(RegistryAccess.Decide(caller, one, RegistryActions.SignIn));
        Assert.Null(RegistryAccess.Decide(caller, two, RegistryActions.SignIn));
        Assert.NotNull(fleet.Directory.Find("fleetone", one.Id));
        Assert.Null(fleet.Directory.Find("fleetone", two.Id));
    }

    [Fact]
    public async Task Change_ToATierThatLacksWhatIsUsed_IsRefusedAndNamesIt()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet", "Standard", new RegistryChange(AnonymousPullEnabled: true));
        var basic = TierCatalog.Default.Find("basic");

        var refusal = await Assert.ThrowsAsync<BeyondTierException>(() => fleet.Store.ChangeAsync(fleet.Managing(made), new RegistryChange { Plan = basic }));
        Assert.Contains("anonymousPullEnabled", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Standard", fleet.Registries.Find(made.Id)!.Plan.Name);
        Assert.Equal("Basic", (await fleet.Store.ChangeAsync(fleet.Managing(made), new RegistryChange(AnonymousPullEnabled: false) { Plan = basic })).Registry!.Plan.Name);
        await Assert.ThrowsAsync<BeyondTierException>(() => fleet.Store.ChangeAsync(fleet.Managing(made), new RegistryChange(AnonymousPullEnabled: true)));
        Assert.Equal("Premium", (await fleet.Store.ChangeAsync(fleet.Managing(made), new RegistryChange(AnonymousPullEnabled: true) { Plan = TierCatalog.Default.Largest })).Registry!.Plan.Name);
    }

    [Fact]
    public async Task Change_ToATierWithFewerTokens_IsRefusedWhileThereAreMore()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var made = await fleet.CreateAsync("fleet", "Standard");
        var writing = fleet.Managing(made, ManagementActions.TokensWrite);
        for (var i = 0; i < 101; i++)
            await fleet.Tokens.PutAsync(writing, $"token{i}", "_repositories_pull", enabled: true);
        var change = new RegistryChange { Plan = TierCatalog.Default.Find("Basic") };

        var refusal = await Assert.ThrowsAsync<BeyondTierException>(() => fleet.Store.ChangeAsync(fleet.Managing(made), change));
        Assert.Contains("101 of 100", refusal.Message, StringComparison.Ordinal);
        await fleet.Tokens.DeleteAsync(fleet.Managing(made, ManagementActions.TokensDelete), "token0");
        var smaller = (await fleet.Store.ChangeAsync(fleet.Managing(made), change)).Registry!;

        await Assert.ThrowsAsync<BeyondTierException>(() => fleet.Tokens.PutAsync(fleet.Managing(smaller, ManagementActions.TokensWrite), "onemore", "_repositories_pull", enabled: true));
        Assert.Equal(100, await fleet.Installation.QueryAsync<int>("SELECT COUNT(*) FROM registry_token WHERE registry_id = @Id", new { made.Id }));
        await fleet.Tokens.PutAsync(fleet.Managing(smaller, ManagementActions.TokensWrite), "token1", "_repositories_push", enabled: true);
    }
}
