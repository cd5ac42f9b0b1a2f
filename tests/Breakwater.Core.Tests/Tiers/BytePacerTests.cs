using System.Diagnostics;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Tests.Tiers;

public sealed class BytePacerTests
{
    [Fact]
    public async Task Pass_ManyTransfersTogether_AreAsFastAsTheLimit()
    {
        const int rate = 1_000_000, piece = 10_000;
        var pacer = new BytePacer(rate, TimeProvider.System);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var i = 0; i < 10; i++)
                await pacer.PassAsync(piece, TestContext.Current.CancellationToken);
        }));

        // 800,000 bytes, of which the burst takes a tenth of a second's.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.68, 5);
    }

    [Fact]
    public async Task Pass_LittleNowAndThen_DoesNotWait()
    {
        var pacer = new BytePacer(1_000_000, TimeProvider.System);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(pacer.PassAsync(5_000, TestContext.Current.CancellationToken).IsCompletedSuccessfully);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Bandwidth_TierWithoutALimit_HasNoPacer()
    {
        var bandwidth = new Bandwidth(TimeProvider.System);
        Assert.Null(bandwidth.Download(Access.Callers.Registry));
        var shaped = Access.Callers.Registry with { Plan = TierOverrides.Apply("""{"Premium": {"uploadBytesPerSecond": 1000}}""").Largest };
        Assert.NotNull(bandwidth.Upload(shaped));
        Assert.Same(bandwidth.Upload(shaped), bandwidth.Upload(shaped));
        Assert.Null(bandwidth.Download(shaped));
    }
}
