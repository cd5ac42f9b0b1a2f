using System.Runtime.CompilerServices;
using Breakwater.Server.Access;
using Breakwater.Server.AcrDataPlane;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.Tests.Access;

/// <summary>The fourth lock: whoever adds a route, or changes what one demands, changes routes.txt and is seen to do so.</summary>
public sealed class RouteSnapshotTests(AccessHost host) : IClassFixture<AccessHost>
{
    [Fact]
    public void Routes_OfTheServer_AreThoseOfTheFile()
    {
        var app = new RouteCollector(host.Services);
        // Mapped, never called: the handlers need no stores.
        new DistributionRoutes(new(null!, null!), new(null!, null!, null!, null!), new(null!, null!, null!), new(null!), new(null!), new(null!), new(null!, null!, null!, null!, null!, null!)).Map(app);
        new AcrRoutes(new(null!), new(null!, null!), new(null!, null!), new(null!), new(null!, null!)).Map(app);
        app.MapAccess();

        RouteTable.Verify(app.DataSources);
        AssertSame(RouteLines.Normalise(RouteTable.Describe(app.DataSources), AccessHost.InstallationId), "routes.txt");
    }

    private static void AssertSame(string actual, string name, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, name);
        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (actual != expected)
            File.WriteAllText(file + ".received", actual);
        Assert.True(actual == expected, $"The routes are not those of {file}. If they are meant to change, replace it by {file}.received:\n{actual}");
    }
}
