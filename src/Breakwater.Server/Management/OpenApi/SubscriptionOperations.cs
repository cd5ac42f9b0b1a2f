using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>What tools look through before they do anything.</summary>
internal static class SubscriptionOperations
{
    public static IEnumerable<Operation> All =>
    [
        List("/tenants", "Tenants_List", "Lists the one tenant: the installation.", Shapes.Tenant),
        List("/subscriptions", "Subscriptions_List", "Lists the one subscription, if the caller has a role in it.", Shapes.Subscription),
        Get(Subscription, "Subscriptions_Get", "Shows the subscription.", Shapes.Subscription),
        List(Subscription + "/resourceGroups", "ResourceGroups_List", "Lists the resource groups in which the caller has a role.", Shapes.Group),
        Get(Group, "ResourceGroups_Get", "Shows a resource group.", Shapes.Group),
        new("HEAD", Group, "ResourceGroups_CheckExistence", "Says whether there is such a resource group."),
        Put(Group, "ResourceGroups_CreateOrUpdate", "Makes a resource group, or gives it tags.", Shapes.Group),
        Patch(Group, "ResourceGroups_Update", "Gives a resource group tags.", Shapes.Group),
        Delete(Group, "ResourceGroups_Delete", "Deletes an empty resource group, with the role assignments that were made there."),
        List(Subscription + "/resources", "Resources_List", "Lists registries, a line each.", new Shape("Resource", null, "id", "name", "type", "location", "tags", "sku"), "$filter"),
        List(Subscription + "/providers", "Providers_List", "Lists the resource providers.", Shapes.Provider),
        Get(Subscription + RegistryOperations.Provider, "Providers_Get", "Shows the resource types of registries.", Shapes.Provider),
        List(RegistryOperations.Provider + "/operations", "Operations_List", "Lists the permissions that roles can name.", new Shape("ProviderOperation", null, "name", "isDataAction", "origin", "display")),
    ];
}
