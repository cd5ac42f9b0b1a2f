using Breakwater.Server.Network;

namespace Breakwater.Server.Hosting;

/// <summary>Sends each request to the pipeline of the door it came in by, so that no path or header leads from one to the other.</summary>
internal static class ListenerSplit
{
    /// <summary>What follows in the pipeline serves the public and private listeners only.</summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="control">Serves the control socket; null when there is none.</param>
    public static void UseListenerSplit(this IApplicationBuilder app, RequestDelegate? control = null)
    {
        var operations = Operations(app);
        control ??= NotFound;
        app.Use(next => context => ListenerFeature.KindOf(context) switch
        {
            ListenerKind.Public or ListenerKind.Private => ClientCertificateGate.Admits(context) ? next(context) : ClientCertificateGate.RefuseAsync(context),
            ListenerKind.Operations => operations(context),
            _ => control(context),
        });
    }

    private static RequestDelegate Operations(IApplicationBuilder app)
    {
        var branch = app.New();
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        branch.Use(next => new HealthEndpoints(next, readiness).InvokeAsync);
        branch.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
        branch.Run(NotFound);
        return branch.Build();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
