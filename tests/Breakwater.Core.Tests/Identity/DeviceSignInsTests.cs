using Breakwater.Core.Identity;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Identity;

public sealed class DeviceSignInsTests
{
    private const string Client = "cli";

    [Fact]
    public async Task Poll_AfterTheTime_FindsNothing()
    {
        await using var test = await TestDirectory.CreateAsync();
        var devices = new DeviceSignIns(test.Database, test.Clock);
        var codes = await devices.BeginAsync(Client, "openid");

        test.Clock.Advance(DeviceSignIns.Lifetime + TimeSpan.FromSeconds(1));

        Assert.Null(await devices.PollAsync(codes.DeviceCode.Reveal(), Client));
        Assert.Null(await devices.FindClientAsync(codes.UserCode));
        Assert.False(await devices.FinishAsync(codes.UserCode, test.Managing.Caller, denied: false));
    }

    [Fact]
    public async Task Poll_Finished_IsGivenOutOnceAndToItsClientOnly()
    {
        await using var test = await TestDirectory.CreateAsync();
        var devices = new DeviceSignIns(test.Database, test.Clock);
        var codes = await devices.BeginAsync(Client, "openid");
        Assert.True(await devices.FinishAsync($" {codes.UserCode[..4].ToLowerInvariant()}-{codes.UserCode[4..]}", test.Managing.Caller, denied: false));

        Assert.Null(await devices.PollAsync(codes.DeviceCode.Reveal(), "another"));
        Assert.Equal(test.Managing.Caller.Principal.Id, (await devices.PollAsync(codes.DeviceCode.Reveal(), Client))!.PrincipalId);
        Assert.Null(await devices.PollAsync(codes.DeviceCode.Reveal(), Client));
    }

    [Fact]
    public async Task Begin_TooMany_IsRefusedUntilTheyExpire()
    {
        await using var test = await TestDirectory.CreateAsync();
        var devices = new DeviceSignIns(test.Database, test.Clock);
        for (var i = 0; i < 1000; i++)
            await devices.BeginAsync(Client, "");

        Assert.Equal(OciErrors.TooManyRequests, (await Assert.ThrowsAsync<OciException>(() => devices.BeginAsync(Client, ""))).Error);
        test.Clock.Advance(DeviceSignIns.Lifetime + TimeSpan.FromSeconds(1));
        await devices.BeginAsync(Client, "");
    }
}
