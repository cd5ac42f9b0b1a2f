using System.Diagnostics;
using Xunit;

namespace Breakwater.Testing.Tooling;

/// <summary>Waiting for what the server does on its own time, with a limit.</summary>
public static class Eventually
{
    /// <summary>Polls until the condition holds; fails the test when it does not within <paramref name="limit"/> (default 20 s).</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var end = limit ?? TimeSpan.FromSeconds(20);
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > end)
                Assert.Fail($"Not within {end.TotalSeconds:0} s: {what}");
            await Task.Delay(100);
        }
    }
}
