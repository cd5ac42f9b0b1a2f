using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Managed identities.</summary>
internal static class IdentityOperations
{
    private const string One = Group + IdentityRoute.Root + "/{name}", Credentials = One + "/federatedIdentityCredentials", Credential = Credentials + "/{credential}";

    public static IEnumerable<Operation> All =>
    [
        List(Subscription + IdentityRoute.Root, "UserAssignedIdentities_ListBySubscription", "Lists the managed identities.", Shapes.Identity),
        List(Group + IdentityRoute.Root, "UserAssignedIdentities_ListByResourceGroup", "The same, of one resource group.", Shapes.Identity),
        Get(One, "UserAssignedIdentities_Get", "Shows a managed identity.", Shapes.Identity),
        Put(One, "UserAssignedIdentities_CreateOrUpdate", "Makes a managed identity, or replaces its tags.", Shapes.Identity),
        Patch(One, "UserAssignedIdentities_Update", "Changes what the body names.", Shapes.Identity),
        Delete(One, "UserAssignedIdentities_Delete", "Deletes a managed identity with its credentials and roles."),
        List(Credentials, "FederatedIdentityCredentials_List", "Lists whose tokens stand for it.", Shapes.IdentityCredential),
        Get(Credential, "FederatedIdentityCredentials_Get", "Shows a federated credential.", Shapes.IdentityCredential),
        Put(Credential, "FederatedIdentityCredentials_CreateOrUpdate", "Makes or replaces a federated credential.", Shapes.IdentityCredential),
        Delete(Credential, "FederatedIdentityCredentials_Delete", "Removes a federated credential; what signed in by it ends."),
    ];
}
