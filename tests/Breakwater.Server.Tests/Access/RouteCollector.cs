using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Tests.Access;

/// <summary>Takes routes without a server behind them.</summary>
internal sealed class RouteCollector(IServiceProvider services) : IEndpointRouteBuilder
{
    public IServiceProvider ServiceProvider => services;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
}
