using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Registries themselves.</summary>
internal static class RegistryOperations
{
    public const string Provider = "/providers/Microsoft.ContainerRegistry", One = Group + Provider + "/registries/{registry}";

    private const string Deleted = Group + Provider + "/deletedRegistries";

    public static IEnumerable<Operation> All =>
    [
        Get(One, "Registries_Get", "Shows a registry.", Shapes.Registry),
        Put(One, "Registries_Create", "Makes a registry, or changes what the body names.", Shapes.Registry) with { IsConditional = true, Query = ["confirm"] },
        Patch(One, "Registries_Update", "Changes what the body names.", Shapes.Registry) with { IsConditional = true, Query = ["confirm"] },
        Delete(One, "Registries_Delete", "Deletes a registry; it can be recovered for a while.") with { IsConditional = true },
        List(Subscription + Provider + "/registries", "Registries_List", "Lists the registries that the caller has a role in.", Shapes.Registry),
        List(Group + Provider + "/registries", "Registries_ListByResourceGroup", "The same, of one resource group.", Shapes.Registry),
        Post(Subscription + Provider + "/checkNameAvailability", "Registries_CheckNameAvailability", "Says whether a name is free.", typeof(ProviderEndpoints.NameQuestion),
            new Shape("RegistryNameStatus", null, "nameAvailable", "reason", "message", "availableLoginServerName")),
        List(Deleted, "DeletedRegistries_List", "Lists deleted registries that can be recovered.", Shapes.DeletedRegistry),
        Post(Deleted + "/{name}/recover", "DeletedRegistries_Recover", "Takes a deletion back.", null, Shapes.Registry),
        Post(Deleted + "/{name}/purge", "DeletedRegistries_Purge", "Destroys the keys of a deleted registry: what was in it is gone.", null, null),
        List(One + "/listUsages", "Registries_ListUsages", "Says how much of each limit is used.", Shapes.Usage),
        Get(One + "/capabilities", "Registries_GetCapabilities", "Says what the registry's tier has. Not Azure's.", new Shape("Capabilities", null, "tier", "features", "limits")),
        Post(One + "/listCredentials", "Registries_ListCredentials", "Shows the admin user's passwords.", null, new Shape("RegistryCredentials", null, "username", "passwords")),
        Post(One + "/regenerateCredential", "Registries_RegenerateCredential", "Makes one of the admin user's passwords anew.", typeof(RegistryCredentialEndpoints.CredentialName),
            new Shape("RegistryCredentials", null, "username", "passwords")),
        Post(One + "/generateCredentials", "Registries_GenerateCredentials", "Makes passwords of a token, and shows them this once.", typeof(TokenResourceEndpoints.GenerateBody),
            new Shape("TokenCredentials", null, "username", "passwords")),
        Post(One + "/importImage", "Registries_ImportImage", "Starts to copy an image from another registry.", typeof(ImportBody), null),
        Get(Subscription + Provider + "/locations/{location}/operationResults/{operation}", "Operations_GetResult", "Says how far an operation is.", new Shape("OperationStatus", null, "status")),
        Post(One + "/purge", "Registries_Purge", "Deletes tags and manifests by rules, or shows what would be deleted. Not Azure's.", typeof(PurgeBody),
            new Shape("PurgePage", null, "dryRun", "removed", "kept", "asOf", "pullsCountedSince", "continuation")),
        Post(One + "/purgeDeleted", "Registries_PurgeDeleted", "Empties the recycle bin, of one repository or all, or counts what would go. Not Azure's.", typeof(BinPurgeBody),
            new Shape("BinPurgePage", null, "dryRun", "manifestCount", "tagCount", "freedBytes", "asOf", "isComplete")),
        Post(One + "/rotateRootKey", "Registries_RotateRootKey", "Gives a registry a new root key, and begins to encrypt its content anew. Not Azure's.", null, Shapes.Rotation),
        Get(One + "/rootKeyRotation", "Registries_GetRootKeyRotation", "Says how far the last exchange of a root key is. Not Azure's.", Shapes.Rotation),
        List(One + "/auditEvents", "AuditEvents_List", "Lists what was recorded. Not Azure's.", new Shape("AuditEvent", null),
            "from", "until", "category", "operation", "identity", "registry", "repository", "correlationId", "result", "order", "$top"),
        Post(One + "/whatIf", "Registries_WhatIf", "Says whether somebody may do something, and why. Not Azure's.", typeof(DecisionEndpoints.Question), new Shape("Decision", null)),
    ];
}
