using Breakwater.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Breakwater.Server.Tests.Access;

public sealed class RouteTableTests
{
    private static RouteCollector Collect() => new(new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider());

    [Fact]
    public void Verify_TwoDemands_AreRefused()
    {
        var app = Collect();
        app.MapGet("/twice", () => "").WithMetadata(new OpenDemand("a"), new OpenDemand("b"));

        Assert.Contains("GET /twice", Assert.Throws<InvalidOperationException>(() => RouteTable.Verify(app.DataSources)).Message, StringComparison.Ordinal);
        Assert.Contains("open: a AND open: b", RouteTable.Describe(app.DataSources), StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_RoutesWithDemands_Pass()
    {
        var app = Collect();
        new OpenRoutes(app)
            .Map("GET", "/b", "why not", _ => Task.CompletedTask)
            .Map("GET POST", "/a", "why not", _ => Task.CompletedTask);

        RouteTable.Verify(app.DataSources);

        Assert.Equal(
            """
            GET POST /a                                         open: why not
            GET      /b                                         open: why not

            """,
            RouteTable.Describe(app.DataSources));
    }

    [Fact]
    public void Map_NothingDemanded_Throws()
    {
        var app = Collect();

        Assert.Throws<ArgumentOutOfRangeException>(() => new RepositoryRoutes(app).Map("GET", "/x", default, (_, _) => Task.CompletedTask));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegistryRoutes(app).Map("GET", "/x", default, (_, _) => Task.CompletedTask));
    }
}
