using Breakwater.Server.Hosting;

namespace Breakwater.Server.Tests.Hosting;

public sealed class ConnectionBudgetTests
{
    [Fact]
    public void TryEnter_AtTheLimit_IsRefusedUntilSomebodyLeaves()
    {
        var budget = new ConnectionBudget(2);
        Assert.True(budget.TryEnter());
        Assert.True(budget.TryEnter());
        Assert.False(budget.TryEnter());
        budget.Leave();
        Assert.True(budget.TryEnter());
        Assert.Equal((2, 1L), (budget.Open, budget.Shed));
    }

    [Fact]
    public void TryEnter_ManyAtOnce_NeverExceedsTheLimit()
    {
        var budget = new ConnectionBudget(5);
        Parallel.For(0, 10_000, _ =>
        {
            if (budget.TryEnter())
                budget.Leave();
        });
        Assert.Equal(0, budget.Open);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(65_536)]
    [InlineData(1 << 20)]
    public void For_DescriptorLimit_LeavesTwoForEachConnectionAndAReserve(int limit)
    {
        var most = ConnectionBudget.For(null, limit).Most;
        Assert.InRange(most, 16, 20_000);
        Assert.True(limit - (2 * most) >= 400);
    }

    [Fact]
    public void For_Configured_IsTaken() => Assert.Equal(10, ConnectionBudget.For(10, 1024).Most);
}
