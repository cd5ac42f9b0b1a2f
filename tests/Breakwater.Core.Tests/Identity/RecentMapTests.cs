using Breakwater.Core.Identity;

namespace Breakwater.Core.Tests.Identity;

public sealed class RecentMapTests
{
    [Fact]
    public void Set_MoreThanFits_ForgetsTheOldest()
    {
        var map = new RecentMap<int, int>(capacity: 10);
        for (var i = 0; i < 1000; i++)
            map.Set(i, i);

        Assert.InRange(Enumerable.Range(0, 1000).Count(i => map.TryGet(i, out _)), 10, 20);
    }

    [Fact]
    public void TryGet_UsedEntry_SurvivesManyOthers()
    {
        var map = new RecentMap<int, int>(capacity: 10);
        map.Set(-1, 42);
        for (var i = 0; i < 1000; i++)
        {
            map.Set(i, i);
            Assert.True(map.TryGet(-1, out var value));
            Assert.Equal(42, value);
        }
    }

    [Fact]
    public void Remove_Entry_IsGone()
    {
        var map = new RecentMap<int, int>(capacity: 10);
        map.Set(1, 1);

        map.Remove(1);

        Assert.False(map.TryGet(1, out _));
    }
}
