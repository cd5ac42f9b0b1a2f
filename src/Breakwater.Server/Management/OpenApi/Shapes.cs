using Breakwater.Server.Graph;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>The answers that several operations share.</summary>
internal static class Shapes
{
    public static readonly Shape Registry = Resource("Registry", typeof(RegistryBody), "properties.status");
    public static readonly Shape ScopeMap = Resource("ScopeMap", typeof(ScopeMapBody), "properties.type", "properties.creationDate", "properties.provisioningState");
    public static readonly Shape Token = Resource("Token", typeof(TokenBody), "properties.creationDate", "properties.provisioningState");
    public static readonly Shape Webhook = Resource(
        "Webhook", typeof(WebhookBody), "properties.creationDate", "properties.provisioningState", "properties.deliveryState", "properties.overflowedAt", "properties.eventsLost");
    public static readonly Shape PrivateEndpoint = Resource("PrivateEndpoint", typeof(PrivateEndpointBody));
    public static readonly Shape PrivateConnection = Resource("PrivateEndpointConnection", typeof(PrivateConnectionBody));
    public static readonly Shape PrivateLink = Resource("PrivateLinkResource", null, "properties.groupId", "properties.requiredMembers", "properties.requiredZoneNames");
    public static readonly Shape VirtualNetwork = Resource("VirtualNetwork", null, "location", "properties.provisioningState", "properties.addressSpace", "properties.subnets");
    public static readonly Shape Subnet = Resource("Subnet", null, "properties.provisioningState", "properties.addressPrefix", "properties.addressPrefixes", "properties.privateEndpointNetworkPolicies");
    public static readonly Shape Identity = Resource("ManagedIdentity", typeof(IdentityBody), "properties.tenantId", "properties.principalId", "properties.clientId");
    public static readonly Shape IdentityCredential = Resource("FederatedIdentityCredential", typeof(IdentityCredentialBody));
    public static readonly Shape RoleAssignment = Resource(
        "RoleAssignment", typeof(RoleAssignmentBody), "properties.scope", "properties.createdOn", "properties.updatedOn", "properties.createdBy", "properties.updatedBy");
    public static readonly Shape RoleDefinition = Resource(
        "RoleDefinition", typeof(RoleDefinitionBody), "properties.createdOn", "properties.updatedOn", "properties.createdBy", "properties.updatedBy");
    public static readonly Shape DeletedRegistry = Resource(
        "DeletedRegistry", null, "properties.registryId", "properties.location", "properties.deletionDate", "properties.scheduledPurgeDate");
    public static readonly Shape Subscription = new("Subscription", null, "id", "subscriptionId", "tenantId", "displayName", "state");
    public static readonly Shape Tenant = new("Tenant", null, "id", "tenantId", "displayName", "tenantCategory");
    public static readonly Shape Group = Resource("ResourceGroup", typeof(ResourceGroupBody), "properties.provisioningState");
    public static readonly Shape Provider = new("Provider", null, "id", "namespace", "registrationPolicy", "registrationState", "resourceTypes");
    public static readonly Shape Usage = new("Usage", null, "name", "limit", "currentValue", "unit");
    public static readonly Shape Rotation = new(
        "RootKeyRotation", null, "state", "epoch", "startTime", "endTime", "totalItems", "totalBytes", "doneItems", "doneBytes", "unreadableItems", "uploadsInUse");
    public static readonly Shape User = Entity("User", typeof(UserBody));
    public static readonly Shape DirectoryGroup = Entity("Group", typeof(GroupBody));
    public static readonly Shape Member = Entity("DirectoryObject", null, "@odata.type", "displayName");
    public static readonly Shape Application = Entity("Application", typeof(ApplicationBody), "appId", "accountEnabled", "servicePrincipalType", "servicePrincipalNames", "passwordCredentials");
    public static readonly Shape FederatedCredential = Entity("ApplicationFederatedIdentityCredential", typeof(FederatedCredentialBody));
    public static readonly Shape NewSecret = new("PasswordCredential", null, "keyId", "displayName", "hint", "startDateTime", "endDateTime", "secretText");

    private static Shape Resource(string name, Type? body, params string[] written) => new(name, body, ["id", "type", "name", .. written]);

    private static Shape Entity(string name, Type? body, params string[] written) => new(name, body, ["id", "createdDateTime", .. written]);
}
