using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>What is below a registry: scope maps, tokens, webhooks.</summary>
internal static class ChildOperations
{
    private const string Maps = RegistryOperations.One + "/scopeMaps", Tokens = RegistryOperations.One + "/tokens", Webhooks = RegistryOperations.One + "/webhooks", Webhook = Webhooks + "/{name}";

    public static IEnumerable<Operation> All =>
    [
        List(Maps, "ScopeMaps_List", "Lists the scope maps.", Shapes.ScopeMap),
        Get(Maps + "/{name}", "ScopeMaps_Get", "Shows a scope map.", Shapes.ScopeMap),
        Put(Maps + "/{name}", "ScopeMaps_Create", "Makes or replaces a scope map.", Shapes.ScopeMap),
        Patch(Maps + "/{name}", "ScopeMaps_Update", "Changes what the body names.", Shapes.ScopeMap),
        Delete(Maps + "/{name}", "ScopeMaps_Delete", "Deletes a scope map that no token has."),
        List(Tokens, "Tokens_List", "Lists the repository-scoped tokens.", Shapes.Token),
        Get(Tokens + "/{name}", "Tokens_Get", "Shows a token.", Shapes.Token),
        Put(Tokens + "/{name}", "Tokens_Create", "Makes a token, or gives it another scope map.", Shapes.Token),
        Patch(Tokens + "/{name}", "Tokens_Update", "Changes what the body names; passwords that it leaves out are removed.", Shapes.Token),
        Delete(Tokens + "/{name}", "Tokens_Delete", "Deletes a token with its passwords."),
        List(Webhooks, "Webhooks_List", "Lists the webhooks.", Shapes.Webhook),
        Get(Webhook, "Webhooks_Get", "Shows a webhook, without its address and headers.", Shapes.Webhook),
        Put(Webhook, "Webhooks_Create", "Makes or replaces a webhook.", Shapes.Webhook),
        Patch(Webhook, "Webhooks_Update", "Changes what the body names.", Shapes.Webhook),
        Delete(Webhook, "Webhooks_Delete", "Deletes a webhook; what waits for it is dropped."),
        Post(Webhook + "/ping", "Webhooks_Ping", "Sends a test event.", null, new Shape("EventInfo", null, "id")),
        Post(Webhook + "/getCallbackConfig", "Webhooks_GetCallbackConfig", "Shows the address, the headers and the signing secret.", null,
            new Shape("CallbackConfig", null, "serviceUri", "customHeaders", "signingSecret")),
        Post(Webhook + "/regenerateSecret", "Webhooks_RegenerateSecret", "Makes the signing secret anew. Not Azure's.", null, new Shape("SigningSecret", null, "signingSecret")),
        Post(Webhook + "/listEvents", "Webhooks_ListEvents", "Lists what was sent and what was answered.", null,
            new Shape("WebhookEvent", null, "id", "state", "eventRequestMessage", "eventResponseMessage")) with { IsList = true, Query = ["state"] },
        Post(Webhook + "/redeliver", "Webhooks_Redeliver", "Sends again what was given up. Not Azure's.", typeof(WebhookEventEndpoints.RedeliverBody), new Shape("Redelivery", null)),
    ];
}
