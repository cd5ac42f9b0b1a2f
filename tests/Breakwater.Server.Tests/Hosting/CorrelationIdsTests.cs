using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

public sealed class CorrelationIdsTests
{
    [Fact]
    public void Next_ManyTimes_NeverRepeats()
    {
        var ids = new CorrelationIds();
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(_ => ids.Next()).Distinct().Count());
    }

    [Fact]
    public void Next_Id_IsOfVersionEight()
    {
        var id = new CorrelationIds().Next();
        Assert.Equal((8, 8), (id.Version, id.Variant & 0xC));
    }
}
