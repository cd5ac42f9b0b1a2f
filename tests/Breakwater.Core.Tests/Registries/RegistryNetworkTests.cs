using System.Net;
using Breakwater.Core.Network;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Tests.Registries;

public sealed class RegistryNetworkTests
{
    private static readonly IPAddress Caller = IPAddress.Parse("203.0.113.7");

    [Fact]
    public async Task Change_ThatWouldShutTheCallerOut_IsMadeOnlyWhenItIsMeant()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = await fleet.CreateAsync("fleet");
        Assert.Equal(RegistryOutcome.Done, await ChangeAsync(fleet, registry, Rules(RuleAction.Deny, "Allow 203.0.113.0/24"), Caller));

        Assert.Equal(RegistryOutcome.LocksOutCaller, await ChangeAsync(fleet, registry, Rules(null), Caller));
        Assert.Equal(RegistryOutcome.LocksOutCaller, await ChangeAsync(fleet, registry, Rules(null, "Allow 203.0.113.0/24", "Deny 203.0.113.7"), Caller));
        Assert.Single(fleet.Registries.Find(registry.Id)!.Network.Rules.Rules);
        Assert.Equal(RegistryOutcome.Done, await ChangeAsync(fleet, registry, Rules(null), keeps: null));
        // It is out already: nothing is taken.
        Assert.Equal(RegistryOutcome.Done, await ChangeAsync(fleet, registry, Rules(null, "Allow 198.51.100.0/24"), Caller));
    }

    [Fact]
    public async Task Change_ThatClosesPublicAccessToTheCaller_IsMadeOnlyWhenItIsMeant()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = await fleet.CreateAsync("fleet");
        var close = new NetworkChange { IsPublic = false };
        Assert.Equal(RegistryOutcome.ClosesToCaller, await ChangeAsync(fleet, registry, close, Caller));
        Assert.True(fleet.Registries.Find(registry.Id)!.Network.IsPublic);
        Assert.Equal(RegistryOutcome.Done, await ChangeAsync(fleet, registry, close, keeps: null));
        // It is out already, and opening takes from nobody.
        Assert.Equal(RegistryOutcome.Done, await ChangeAsync(fleet, registry, close with { DefaultAction = RuleAction.Deny }, Caller));
        Assert.Equal(RegistryOutcome.Done, await ChangeAsync(fleet, registry, new NetworkChange { IsPublic = true, DefaultAction = RuleAction.Allow }, Caller));
        Assert.Equal(RegistryOutcome.ClosesToCaller, await ChangeAsync(fleet, registry, close with { DefaultAction = RuleAction.Deny }, Caller));
    }

    [Fact]
    public async Task Network_AfterARestart_IsAsItWas()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = await fleet.CreateAsync("fleet", wanted: new RegistryChange { Network = Rules(RuleAction.Deny, "Allow 203.0.113.0/24", "Deny 2001:db8::/32") with { TrustsServices = false } });
        await fleet.Installation.ReopenAsync();

        var network = fleet.Registries.Find(registry.Id)!.Network;
        Assert.Equal(["Allow 203.0.113.0/24", "Deny 2001:db8::/32"], network.Rules.Rules.Select(rule => rule.ToString()));
        Assert.Equal((RuleAction.Deny, true, false), (network.Rules.DefaultAction, network.IsPublic, network.TrustsServices));
        Assert.True(network.AdmitsPublic(Caller));
    }

    [Fact]
    public async Task Open_ByTheOperator_LetsEverybodyInAndIsRecorded()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = await fleet.CreateAsync("fleet", wanted: new RegistryChange { Network = Rules(RuleAction.Deny, "Allow 198.51.100.0/24", "Deny 203.0.113.7") with { IsPublic = false } });

        Assert.False(await fleet.Installation.Open.Reopening.OpenAsync("nosuch"));
        Assert.True(await fleet.Installation.Open.Reopening.OpenAsync("fleet"));

        Assert.True(fleet.Registries.Find(registry.Id)!.Network.AdmitsPublic(Caller));
        await fleet.Installation.ReopenAsync();
        Assert.Equal(["Allow 198.51.100.0/24"], fleet.Registries.Find(registry.Id)!.Network.Rules.Rules.Select(rule => rule.ToString()));
        await fleet.Installation.AssertSoundAsync();
    }

    [Fact]
    public async Task Version_EveryChange_GoesUp()
    {
        await using var fleet = await RegistryFleet.StartAsync();
        var registry = await fleet.CreateAsync("fleet");
        var before = fleet.Registries.Version;
        await ChangeAsync(fleet, registry, Rules(RuleAction.Deny), keeps: null);
        Assert.True(fleet.Registries.Version > before);
        before = fleet.Registries.Version;
        await fleet.DeleteAsync(registry);
        Assert.True(fleet.Registries.Version > before);
    }

    private static NetworkChange Rules(RuleAction? defaultAction, params string[] rules) => new() { DefaultAction = defaultAction, Rules = [.. rules.Select(AddressRule.Read)] };

    private static async Task<RegistryOutcome> ChangeAsync(RegistryFleet fleet, Registry registry, NetworkChange change, IPAddress? keeps) =>
        (await fleet.Store.ChangeAsync(fleet.Managing(registry), new RegistryChange { Network = change, KeepsAdmitted = keeps })).Outcome;
}
