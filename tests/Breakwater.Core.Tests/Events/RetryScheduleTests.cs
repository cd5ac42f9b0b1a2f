using Breakwater.Core.Events;

namespace Breakwater.Core.Tests.Events;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 2, 4)]
    [InlineData(5, 16, 32)]
    [InlineData(9, 256, 512)]
    [InlineData(10, 300, 600)]
    [InlineData(1000, 300, 600)]
    public void After_Attempts_DoublesUpToTheLongest(int attempts, int least, int most)
    {
        Assert.Equal(TimeSpan.FromSeconds(least), new RetrySchedule(new EventOptions(), () => 0).After(attempts));
        Assert.Equal(most, new RetrySchedule(new EventOptions(), () => 0.999999).After(attempts).TotalSeconds, 0.1);
    }
}
