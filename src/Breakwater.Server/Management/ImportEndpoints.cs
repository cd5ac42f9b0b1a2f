using Breakwater.Core.Access;
using Breakwater.Core.Imports;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Breakwater.Server.Audit;
using Breakwater.Server.Distribution;
using Breakwater.Server.Guards;
using Breakwater.Server.Issuer;
using Breakwater.Server.Network;

namespace Breakwater.Server.Management;

/// <summary>ARM's importImage, and what came of it. https://learn.microsoft.com/rest/api/containerregistry/registries/import-image</summary>
internal sealed class ImportEndpoints(ImportRunner imports, InstallationScope installation, RegistryDirectory registries, NetworkGate network, RequestRecords records, TimeProvider clock)
{
    private const string Results = "/subscriptions/{subscription}/providers/Microsoft.ContainerRegistry/locations/{location}/operationResults/{operation}";

    // Small imports end within it: their makers need not ask again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly AuditRule Rule = AuditRule.Management(ManagementActions.ImportImage);

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("POST", "/importImage", ManagementActions.ImportImage, StartAsync)
        .MapSignedIn("GET", Results, GetAsync);

    private async Task StartAsync(HttpContext context, ManagementAccess access)
    {
        access.Demand(ManagementActions.ImportImage);
        ApiVersion.Require(context);
        var order = Read(context, access, await ArmJson.ReadAsync<ImportBody>(context));
        var operation = await imports.StartAsync(access, order);
        await Task.WhenAny(operation.Ended, Task.Delay(Patience, clock, context.RequestAborted));
        await AnswerAsync(context, operation);
    }

    private Task GetAsync(HttpContext context, Caller caller)
    {
        ApiVersion.Require(context);
        var route = context.Request.RouteValues;
        var operation = installation.IsSubscription(route["subscription"]) ? imports.Find(caller, route["operation"] as string ?? "") : null;
        return operation is not null && operation.Registry.Location.Equals(route["location"] as string, StringComparison.OrdinalIgnoreCase)
            ? AnswerAsync(context, operation)
            : throw new OciException(ManagementErrors.NotFound, "There is no such operation. Outcomes are kept for an hour, and not across a restart of the server; what was imported stays.");
    }

    private Task AnswerAsync(HttpContext context, ImportOperation operation)
    {
        if (operation.Ended.IsCompleted)
            return operation.Failure is { } failure ? throw new OciException(failure.Error, failure.ClientMessage, inner: failure) : ArmJson.WriteAsync(context, new { status = "Succeeded" });
        var response = context.Response;
        response.StatusCode = StatusCodes.Status202Accepted;
        response.Headers.RetryAfter = "2";
        response.Headers.CacheControl = "no-store";
        response.Headers.Location = $"{HttpOrigin.Of(context.Request)}{installation.Subscription}/providers/Microsoft.ContainerRegistry/locations/{operation.Registry.Location}"
            + $"/operationResults/{operation.Name}?api-version={Uri.EscapeDataString(context.Request.Query["api-version"].ToString())}";
        return Task.CompletedTask;
    }

    private ImportOrder Read(HttpContext context, ManagementAccess access, ImportBody body)
    {
        var (host, image, login) = (body.Host, body.Image, body.SignIn);
        var own = host is null ? FindById(body.Source!.ResourceId!) : FindByHost(context.Request, host);
        if (own is not null && login is not null)
            throw new OciException(ManagementErrors.InvalidRequest, "The source is a registry of this installation: leave source.credentials out. Your own rights count there.");
        return new ImportOrder
        {
            SourceRegistry = own,
            Host = own is null ? body.Address : null,
            SourceRepository = image.Repository,
            SourceReference = image.Reference!,
            Credentials = login,
            Targets = body.Targets(),
            Force = body.IsForced,
            IncludeReferrers = body.IncludeReferrers,
            TargetId = installation.IdOf(access.Registry!),
            Record = records.Of(context, Rule, clock.GetTimestamp()),
            Reaches = network.ReachOf(RequestOrigin.Of(context).Kept()),
            Request = EventRequests.Of(context),
        };
    }

    // One that is not there and one where the caller may not pull are answered alike.
    private Registry FindById(string resourceId) =>
        installation.Parse(resourceId, registries)?.RegistryId is { } id && registries.Find(id) is { } found ? found : throw new OciException(ImportErrors.SourceNotFound);

    // By the port of this request: behind another one, on the same machine, another registry may answer.
    private Registry? FindByHost(HttpRequest request, string host)
    {
        var here = request.Host.Value ?? "";
        if (host.Equals(here, StringComparison.OrdinalIgnoreCase))
            return registries.First;
        var name = AllowedHosts.NameOf(host);
        return host[name.Length..] == here[AllowedHosts.NameOf(here).Length..] ? registries.FindByHost(name) : null;
    }
}
