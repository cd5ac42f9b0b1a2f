namespace Breakwater.Client.Management;

/// <summary>What one registry consists of on the management plane.</summary>
public sealed class RegistryClient
{
    private readonly ManagementClient management;
    private readonly RegistryId id;

    internal RegistryClient(ManagementClient management, RegistryId id)
    {
        (this.management, this.id) = (management, id);
        ScopeMaps = new ChildrenClient<ScopeMapProperties>(management, id, "scopeMaps");
        Tokens = new ChildrenClient<TokenProperties>(management, id, "tokens");
        PrivateConnections = new ChildrenClient<PrivateConnectionProperties>(management, id, "privateEndpointConnections");
        Webhooks = new ChildrenClient<WebhookProperties>(management, id, "webhooks");
        Usage = new UsageClient(management, id);
    }

    public ChildrenClient<ScopeMapProperties> ScopeMaps { get; }

    public ChildrenClient<TokenProperties> Tokens { get; }

    public ChildrenClient<PrivateConnectionProperties> PrivateConnections { get; }

    public ChildrenClient<WebhookProperties> Webhooks { get; }

    public UsageClient Usage { get; }

    public string IdOf(string kind, string name) => $"{id}/{kind}/{name}";

    /// <summary>The admin user's name and passwords.</summary>
    public Task<RegistryCredentials> ListCredentialsAsync(CancellationToken stop) => PostAsync<RegistryCredentials>("/listCredentials", null, stop);

    /// <param name="name"><c>password</c> or <c>password2</c>.</param>
    public Task<RegistryCredentials> RegenerateCredentialAsync(string name, CancellationToken stop) => PostAsync<RegistryCredentials>("/regenerateCredential", new { name }, stop);

    /// <param name="name"><c>password1</c> or <c>password2</c>; null for both.</param>
    public Task<RegistryCredentials> GenerateCredentialsAsync(string token, string? name, DateTimeOffset? expiry, CancellationToken stop) =>
        management.RunAsync<RegistryCredentials>(HttpMethod.Post, id + "/generateCredentials", new { tokenId = IdOf("tokens", token), name, expiry }, stop);

    /// <summary>Whether a principal may do something, and why; nothing is done.</summary>
    public Task<AccessExplanation> AskAsync(AccessQuestion question, CancellationToken stop) => PostAsync<AccessExplanation>("/whatIf", question, stop);

    public IAsyncEnumerable<UsageEntry> ListUsagesAsync(CancellationToken stop) => management.Api.ListAsync<UsageEntry>(ManagementClient.Versioned(id + "/listUsages"), stop);

    public IAsyncEnumerable<Dictionary<string, System.Text.Json.JsonElement>> ListAuditAsync(AuditQuery query, CancellationToken stop) =>
        management.Api.ListAsync<Dictionary<string, System.Text.Json.JsonElement>>(ManagementClient.Versioned($"{id}/auditEvents{query}"), stop);

    public Task ImportAsync(ImportRequest import, CancellationToken stop) => management.RunAsync(HttpMethod.Post, id + "/importImage", import, stop);

    /// <summary>Removes tags and manifests, a page of them: the answer says whether there is more, and how to ask for it.</summary>
    public Task<PurgePage> PurgeAsync(PurgeRequest request, CancellationToken stop) => PostAsync<PurgePage>("/purge", request, stop);

    /// <summary>Removes what is in the recycle bin, a page of it: the answer says whether there is more.</summary>
    /// <param name="repository">Null: of all repositories.</param>
    /// <param name="asOf">What was deleted later stays: of the answer before; null: now.</param>
    public Task<BinPurgePage> PurgeDeletedAsync(string? repository, bool dryRun, DateTimeOffset? asOf, CancellationToken stop) =>
        PostAsync<BinPurgePage>("/purgeDeleted", new { repository, dryRun, asOf }, stop);

    /// <summary>Gives it a new root key; its content is encrypted anew in the background.</summary>
    public Task<RootKeyRotation> RotateRootKeyAsync(CancellationToken stop) => PostAsync<RootKeyRotation>("/rotateRootKey", null, stop);

    public Task<RootKeyRotation> GetRootKeyRotationAsync(CancellationToken stop) => management.Api.GetAsync<RootKeyRotation>(ManagementClient.Versioned(id + "/rootKeyRotation"), stop);

    public Task<WebhookPing> PingAsync(string webhook, CancellationToken stop) => PostAsync<WebhookPing>($"/webhooks/{Uri.EscapeDataString(webhook)}/ping", null, stop);

    public Task<WebhookCallback> GetCallbackAsync(string webhook, CancellationToken stop) => PostAsync<WebhookCallback>($"/webhooks/{Uri.EscapeDataString(webhook)}/getCallbackConfig", null, stop);

    public IAsyncEnumerable<System.Text.Json.JsonElement> ListEventsAsync(string webhook, CancellationToken stop) =>
        management.Api.PostListAsync<System.Text.Json.JsonElement>(ManagementClient.Versioned($"{id}/webhooks/{Uri.EscapeDataString(webhook)}/listEvents"), stop);

    private Task<T> PostAsync<T>(string tail, object? body, CancellationToken stop) => management.Api.SendAsync<T>(HttpMethod.Post, ManagementClient.Versioned(id + tail), body, stop);
}
