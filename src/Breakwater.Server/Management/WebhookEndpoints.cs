using System.Text.Json.Nodes;
using Breakwater.Core.Access;
using Breakwater.Core.Events;
using Breakwater.Oci;
using Breakwater.Server.Access;

namespace Breakwater.Server.Management;

/// <summary>ARM's webhooks. https://learn.microsoft.com/rest/api/containerregistry/webhooks</summary>
internal sealed class WebhookEndpoints(Webhooks webhooks, InstallationScope installation)
{
    public const string Tail = "/webhooks";

    public void Map(IEndpointRouteBuilder endpoints) => new ManagementRoutes(endpoints)
        .MapRegistry("GET", Tail, ManagementActions.WebhooksRead, ListAsync)
        .MapRegistry("GET", Tail + "/{name}", ManagementActions.WebhooksRead, GetAsync)
        .MapRegistry("PUT", Tail + "/{name}", ManagementActions.WebhooksWrite, PutAsync)
        .MapRegistry("PATCH", Tail + "/{name}", ManagementActions.WebhooksWrite, ChangeAsync)
        .MapRegistry("DELETE", Tail + "/{name}", ManagementActions.WebhooksDelete, DeleteAsync)
        .MapRegistry("POST", Tail + "/{name}/getCallbackConfig", ManagementActions.WebhooksGetCallbackConfig, ShowConfigAsync)
        .MapRegistry("POST", Tail + "/{name}/regenerateSecret", ManagementActions.WebhooksRegenerateSecret, RegenerateSecretAsync);

    public static string NameOf(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";

    private async Task ListAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        await ArmPage.WriteAsync(context, await webhooks.ListAsync(access, ArmPage.After(context), ArmPage.Size), webhook => Render(access, webhook));
    }

    private async Task GetAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        await ArmJson.WriteAsync(context, Render(access, await webhooks.FindAsync(access, NameOf(context)) ?? throw NotFound()));
    }

    private async Task PutAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var content = (await ArmJson.ReadAsync<WebhookBody>(context)).ToChange(access.Registry!.Location);
        var (webhook, isNew) = await webhooks.PutAsync(access, NameOf(context), content);
        await ArmJson.WriteAsync(context, Render(access, webhook), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private async Task ChangeAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var change = (await ArmJson.ReadAsync<WebhookBody>(context)).ToChange(access.Registry!.Location);
        await ArmJson.WriteAsync(context, Render(access, await webhooks.ChangeAsync(access, NameOf(context), change) ?? throw NotFound()));
    }

    private async Task DeleteAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        context.Response.StatusCode = await webhooks.DeleteAsync(access, NameOf(context)) ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
    }

    private async Task ShowConfigAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var config = await webhooks.ShowConfigAsync(access, NameOf(context)) ?? throw NotFound();
        await ArmJson.WriteAsync(context, new
        {
            serviceUri = config.ServiceUri.Reveal(),
            customHeaders = config.CustomHeaders.ToDictionary(header => header.Key, header => header.Value.Reveal()),
            signingSecret = config.SigningSecret.Reveal(),
        });
    }

    private async Task RegenerateSecretAsync(HttpContext context, ManagementAccess access)
    {
        ApiVersion.Require(context);
        var secret = await webhooks.RegenerateSecretAsync(access, NameOf(context)) ?? throw NotFound();
        await ArmJson.WriteAsync(context, new { signingSecret = secret.Reveal() });
    }

    private static OciException NotFound() => new(ManagementErrors.NotFound);

    private object Render(ManagementAccess access, Webhook webhook) => new
    {
        id = $"{installation.IdOf(access.Registry!)}{Tail}/{webhook.Name}",
        type = "Microsoft.ContainerRegistry/registries/webhooks",
        name = webhook.Name,
        location = access.Registry!.Location,
        tags = JsonNode.Parse(webhook.Tags),
        properties = new
        {
            status = WebhookBody.StatusOf(webhook),
            scope = webhook.Scope,
            actions = webhook.Actions.Split('\n'),
            payloadFormat = WebhookBody.FormatOf(webhook),
            creationDate = webhook.CreatedAt,
            provisioningState = "Succeeded",
            deliveryState = webhook.OverflowedAt is null ? "normal" : "overflowed",
            overflowedAt = webhook.OverflowedAt,
            eventsLost = webhook.Lost,
        },
    };
}
