using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Audit;

/// <summary>On a server of its own: afterwards its throttle listens to nobody at this address for a minute.</summary>
public sealed class ThrottledAuditTests(AccessHost host) : AuditTest(host)
{
    [Fact]
    public async Task Refused_TooMany_HasNoName()
    {
        for (var i = 0; i < 12; i++)
        {
            using (await Host.SendAsync("GET", "/v2/", AccessHost.Basic("petra", $"guess {i}")))
            {
            }
        }
        Assert.Contains(await FindAsync("result=429"), record => Text(record, "ResultDescription") == "Too many failed sign-ins; not looked at.");
    }
}
