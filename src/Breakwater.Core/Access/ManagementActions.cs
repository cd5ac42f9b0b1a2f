namespace Breakwater.Core.Access;

/// <summary>What can be done on the management plane, by the names that role definitions use.</summary>
/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations</remarks>
public static class ManagementActions
{
    public const string RoleAssignmentsRead = "Microsoft.Authorization/roleAssignments/read";
    public const string RoleAssignmentsWrite = "Microsoft.Authorization/roleAssignments/write";
    public const string RoleAssignmentsDelete = "Microsoft.Authorization/roleAssignments/delete";
    public const string RoleDefinitionsRead = "Microsoft.Authorization/roleDefinitions/read";
    public const string RoleDefinitionsWrite = "Microsoft.Authorization/roleDefinitions/write";
    public const string RoleDefinitionsDelete = "Microsoft.Authorization/roleDefinitions/delete";
    public const string SubscriptionsRead = "Microsoft.Resources/subscriptions/read";
    public const string ResourceGroupsRead = "Microsoft.Resources/subscriptions/resourceGroups/read";
    public const string ResourceGroupsWrite = "Microsoft.Resources/subscriptions/resourceGroups/write";
    public const string ResourceGroupsDelete = "Microsoft.Resources/subscriptions/resourceGroups/delete";

    public const string RegistriesRead = "Microsoft.ContainerRegistry/registries/read";
    public const string RegistriesWrite = "Microsoft.ContainerRegistry/registries/write";
    public const string RegistriesDelete = "Microsoft.ContainerRegistry/registries/delete";
    public const string CheckNameAvailability = "Microsoft.ContainerRegistry/checkNameAvailability/read";
    public const string ListUsages = "Microsoft.ContainerRegistry/registries/listUsages/read";


    /// <summary>Azure has no such names: there a deleted registry is gone.</summary>
    public const string RecoverRegistry = "Microsoft.ContainerRegistry/registries/recover/action";

    public const string PurgeRegistry = "Microsoft.ContainerRegistry/registries/purge/action";

    /// <summary>Azure has no such name: there <c>acr purge</c> works with the rights to content of whoever runs it.</summary>
    public const string PurgeArtifacts = "Microsoft.ContainerRegistry/registries/purgeArtifacts/action";

    /// <summary>Azure has no such name: there the recycle bin is emptied by time alone.</summary>
    public const string PurgeDeleted = "Microsoft.ContainerRegistry/registries/deleted/purge/action";

    public const string ListCredentials = "Microsoft.ContainerRegistry/registries/listCredentials/action";
    public const string RegenerateCredential = "Microsoft.ContainerRegistry/registries/regenerateCredential/action";
    public const string GenerateCredentials = "Microsoft.ContainerRegistry/registries/generateCredentials/action";

    /// <summary>It implies pushing what is imported; see <see cref="RepositoryAccess.DecideImport"/>.</summary>
    public const string ImportImage = "Microsoft.ContainerRegistry/registries/importImage/action";

    public const string ScopeMapsRead = "Microsoft.ContainerRegistry/registries/scopeMaps/read";
    public const string ScopeMapsWrite = "Microsoft.ContainerRegistry/registries/scopeMaps/write";
    public const string ScopeMapsDelete = "Microsoft.ContainerRegistry/registries/scopeMaps/delete";
    public const string TokensRead = "Microsoft.ContainerRegistry/registries/tokens/read";
    public const string TokensWrite = "Microsoft.ContainerRegistry/registries/tokens/write";
    public const string TokensDelete = "Microsoft.ContainerRegistry/registries/tokens/delete";
    public const string PrivateEndpointConnectionsRead = "Microsoft.ContainerRegistry/registries/privateEndpointConnections/read";
    public const string PrivateEndpointConnectionsWrite = "Microsoft.ContainerRegistry/registries/privateEndpointConnections/write";
    public const string PrivateEndpointConnectionsDelete = "Microsoft.ContainerRegistry/registries/privateEndpointConnections/delete";

    /// <summary>Whoever has it lets private endpoints in: those that others ask for, and those of its own at once.</summary>
    public const string PrivateEndpointConnectionsApproval = "Microsoft.ContainerRegistry/registries/privateEndpointConnectionsApproval/action";

    public const string PrivateLinkResourcesRead = "Microsoft.ContainerRegistry/registries/privateLinkResources/read";
    public const string PrivateEndpointsRead = "Microsoft.Network/privateEndpoints/read";
    public const string PrivateEndpointsWrite = "Microsoft.Network/privateEndpoints/write";
    public const string PrivateEndpointsDelete = "Microsoft.Network/privateEndpoints/delete";
    public const string VirtualNetworksRead = "Microsoft.Network/virtualNetworks/read";
    public const string SubnetsRead = "Microsoft.Network/virtualNetworks/subnets/read";
    public const string WebhooksRead = "Microsoft.ContainerRegistry/registries/webhooks/read";
    public const string WebhooksWrite = "Microsoft.ContainerRegistry/registries/webhooks/write";
    public const string WebhooksDelete = "Microsoft.ContainerRegistry/registries/webhooks/delete";
    public const string WebhooksPing = "Microsoft.ContainerRegistry/registries/webhooks/ping/action";
    public const string WebhooksListEvents = "Microsoft.ContainerRegistry/registries/webhooks/listEvents/action";
    public const string WebhooksGetCallbackConfig = "Microsoft.ContainerRegistry/registries/webhooks/getCallbackConfig/action";

    /// <summary>ACR gives nothing up that could be sent anew.</summary>
    public const string WebhooksRedeliver = "Microsoft.ContainerRegistry/registries/webhooks/redeliver/action";

    /// <summary>ACR signs nothing.</summary>
    public const string WebhooksRegenerateSecret = "Microsoft.ContainerRegistry/registries/webhooks/regenerateSecret/action";

    /// <summary>
    /// An action and no read: it tells who works from where, so that Owner and Contributor have it and Reader, by its <c>*/read</c>, does not.
    /// Azure has no such name; there the log stands in a workspace of its own.
    /// </summary>
    public const string AuditEventsList = "Microsoft.ContainerRegistry/registries/auditEvents/list/action";

    /// <summary>
    /// Users, groups and service principals. Azure keeps these rights in Entra ID's own roles; here they stand beside role assignments, since
    /// whoever can set a password can be whoever has it: Owner and User Access Administrator have them, Contributor does not.
    /// </summary>
    public const string DirectoryRead = "Microsoft.Authorization/directory/read";

    public const string DirectoryWrite = "Microsoft.Authorization/directory/write";

    /// <summary>Whether it is about what no registry has: granting it in one grants nothing.</summary>
    internal static bool IsInstallationWide(string action) => action is DirectoryRead or DirectoryWrite;
}
