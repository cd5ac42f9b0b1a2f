using Breakwater.Core.Keys;

namespace Breakwater.Contracts.Tests.Keys;

/// <summary>What every key store must do, and how it must fail: no, no answer, and not what was wrapped are three answers.</summary>
public abstract class KeyProviderContract : IAsyncLifetime
{
    protected static readonly byte[] Plain = [.. Enumerable.Range(1, 32).Select(i => (byte)i)], Context = [1, 2, 3];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The identifier of the key under test, without a version.</summary>
    protected abstract string Key { get; }

    /// <summary>A provider as after a start.</summary>
    protected abstract IKeyProvider Open();

    /// <summary>Gives the key a new version.</summary>
    protected abstract Task RotateAsync();

    /// <summary>Takes the key, or the right to it, away.</summary>
    protected abstract Task RevokeAsync();

    protected abstract Task RestoreAsync();

    /// <summary>The key store answers no more.</summary>
    protected abstract Task GoAwayAsync();

    protected abstract Task ComeBackAsync();

    /// <summary>Another key under the same name and version.</summary>
    protected abstract Task ExchangeAsync();

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    protected static async Task<WrappedKey> WrapAsync(IKeyProvider provider, string identifier) =>
        await provider.WrapAsync(await provider.DescribeAsync(provider.TryParse(identifier)!, Cancellation), Plain, Context, Cancellation);

    protected static async Task<KeyFailure> FailureOfAsync(Func<Task> call) => (await Assert.ThrowsAsync<KeyUnavailableException>(call).WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).Failure;

    // A file is read when it is opened: its failures come then.
    private Task<KeyFailure> UnwrapFailureAsync(WrappedKey wrapped, byte[]? context = null) => FailureOfAsync(async () => await Open().UnwrapAsync(wrapped, context ?? Context, Cancellation));

    [Fact]
    public async Task Unwrap_WhatWasWrapped_GivesItBack()
    {
        var provider = Open();
        var wrapped = await WrapAsync(provider, Key);
        Assert.Equal(Plain, await provider.UnwrapAsync(wrapped, Context, Cancellation));
        Assert.True(wrapped.Bytes.AsSpan().IndexOf(Plain.AsSpan(0, 8)) < 0);
        Assert.NotEqual(wrapped.Bytes, (await WrapAsync(provider, Key)).Bytes);
    }

    [Fact]
    public async Task Unwrap_AfterARestart_GivesItBack()
    {
        var wrapped = await WrapAsync(Open(), Key);
        Assert.Equal(Plain, await Open().UnwrapAsync(wrapped, Context, Cancellation));
    }

    [Fact]
    public async Task Unwrap_OtherContext_IsDamaged()
    {
        var wrapped = await WrapAsync(Open(), Key);
        Assert.Equal(KeyFailure.Damaged, await UnwrapFailureAsync(wrapped, [1, 2, 4]));
        Assert.Equal(KeyFailure.Damaged, await UnwrapFailureAsync(wrapped, []));
    }

    [Fact]
    public async Task Unwrap_RowChanged_IsDamaged()
    {
        var wrapped = await WrapAsync(Open(), Key);
        Assert.Equal(KeyFailure.Damaged, await UnwrapFailureAsync(wrapped with { Bytes = [] }));
        Assert.Equal(KeyFailure.Damaged, await UnwrapFailureAsync(wrapped with { Bytes = wrapped.Bytes[..(wrapped.Bytes.Length / 2)] }));
        foreach (var at in new[] { 1, wrapped.Bytes.Length / 2, wrapped.Bytes.Length - 1 })
        {
            var changed = (byte[])wrapped.Bytes.Clone();
            changed[at] ^= 1;
            Assert.Equal(KeyFailure.Damaged, await UnwrapFailureAsync(wrapped with { Bytes = changed }));
        }
    }

    [Fact]
    public async Task Unwrap_AnotherKeyUnderTheName_IsDamaged()
    {
        var wrapped = await WrapAsync(Open(), Key);
        await ExchangeAsync();
        Assert.Equal(KeyFailure.Damaged, await UnwrapFailureAsync(wrapped));
    }

    [Fact]
    public async Task Rotate_NewVersion_WrapsAndTheOldOneStillUnwraps()
    {
        var provider = Open();
        var before = await WrapAsync(provider, Key);
        await RotateAsync();
        var after = await WrapAsync(Open(), Key);
        Assert.NotEqual(before.KeyVersion, after.KeyVersion);
        Assert.Equal(before.Key, after.Key);
        Assert.Equal(Plain, await Open().UnwrapAsync(before, Context, Cancellation));
        Assert.Equal(Plain, await Open().UnwrapAsync(after, Context, Cancellation));
    }

    [Fact]
    public async Task Describe_IdentifierWithAVersion_StaysWithIt()
    {
        var provider = Open();
        var first = await provider.DescribeAsync(provider.TryParse(Key)!, Cancellation);
        if (provider.TryParse(first.Identifier) is not { } pinned)
            return;
        Assert.Equal(first.Version, pinned.Version);
        await RotateAsync();
        Assert.Equal(first, await provider.DescribeAsync(pinned, Cancellation));
        Assert.NotEqual(first.Version, (await Open().DescribeAsync(provider.TryParse(Key)!, Cancellation)).Version);
    }

    [Fact]
    public async Task Revoke_Key_IsRefusedUntilItIsGivenBack()
    {
        var wrapped = await WrapAsync(Open(), Key);
        await RevokeAsync();
        Assert.Equal(KeyFailure.Refused, await UnwrapFailureAsync(wrapped).WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
        await RestoreAsync();
        Assert.Equal(Plain, await Open().UnwrapAsync(wrapped, Context, Cancellation));
    }

    [Fact]
    public async Task GoAway_Store_IsUnreachableUntilItIsBack()
    {
        var wrapped = await WrapAsync(Open(), Key);
        await GoAwayAsync();
        Assert.Equal(KeyFailure.Unreachable, await UnwrapFailureAsync(wrapped));
        await ComeBackAsync();
        Assert.Equal(Plain, await Open().UnwrapAsync(wrapped, Context, Cancellation));
    }

    [Fact]
    public async Task Unwrap_HundredAtOnce_AllSucceed()
    {
        var provider = Open();
        var wrapped = await WrapAsync(provider, Key);
        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => provider.UnwrapAsync(wrapped, Context, Cancellation)));
        Assert.All(all, plain => Assert.Equal(Plain, plain));
    }

    [Fact]
    public async Task Probe_Key_TellsItsVersion()
    {
        var provider = Open();
        var key = provider.TryParse(Key)!;
        Assert.Equal(await provider.DescribeAsync(key, Cancellation), await KeyProbe.RunAsync(provider, key, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("local:other")]
    [InlineData("https://elsewhere.example/keys/k")]
    [InlineData("https://elsewhere.example/v1/transit/keys/k")]
    [InlineData("pkcs11:token=elsewhere;object=k")]
    [InlineData("pkcs11:object=k")]
    [InlineData("file:///etc/passwd")]
    public void TryParse_ForeignIdentifier_IsNone(string identifier) => Assert.Null(Open().TryParse(identifier));
}
