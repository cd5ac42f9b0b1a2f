using Breakwater.Core.Keys;

namespace Breakwater.Contracts.Tests.Keys;

/// <summary>What a store of many keys that is asked each time must do besides. A key file is read once and has one key.</summary>
public abstract class KeyStoreContract : KeyProviderContract
{
    /// <summary>The identifier of a key that is not there.</summary>
    protected abstract string AbsentKey { get; }

    [Fact]
    public async Task Revoke_WhileAProviderIsOpen_IsRefusedUntilItIsGivenBack()
    {
        var provider = Open();
        var wrapped = await WrapAsync(provider, Key);
        await RevokeAsync();
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => provider.UnwrapAsync(wrapped, Context, Cancellation)).WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => KeyProbe.RunAsync(provider, provider.TryParse(Key)!, Cancellation)));
        await RestoreAsync();
        Assert.Equal(Plain, await provider.UnwrapAsync(wrapped, Context, Cancellation));
    }

    [Fact]
    public async Task GoAway_WhileAProviderIsOpen_IsUnreachableUntilItIsBack()
    {
        var provider = Open();
        var wrapped = await WrapAsync(provider, Key);
        await GoAwayAsync();
        Assert.Equal(KeyFailure.Unreachable, await FailureOfAsync(() => provider.UnwrapAsync(wrapped, Context, Cancellation)));
        await ComeBackAsync();
        Assert.Equal(Plain, await provider.UnwrapAsync(wrapped, Context, Cancellation));
    }

    [Fact]
    public async Task GoAway_ManyAskAtOnce_AllAreTold()
    {
        var provider = Open();
        var wrapped = await WrapAsync(provider, Key);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => provider.UnwrapAsync(wrapped, Context, Cancellation)));
        await GoAwayAsync();
        var failures = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FailureOfAsync(() => provider.UnwrapAsync(wrapped, Context, Cancellation))));
        Assert.All(failures, failure => Assert.Equal(KeyFailure.Unreachable, failure));
        await ComeBackAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => provider.UnwrapAsync(wrapped, Context, Cancellation)));
    }

    [Fact]
    public async Task Describe_KeyThatIsNotThere_IsRefused()
    {
        var provider = Open();
        Assert.Equal(KeyFailure.Refused, await FailureOfAsync(() => provider.DescribeAsync(provider.TryParse(AbsentKey)!, Cancellation)));
    }
}
