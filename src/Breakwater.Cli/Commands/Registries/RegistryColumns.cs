using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Registries;

/// <summary>What tables show of a registry.</summary>
internal static class RegistryColumns
{
    public static Column[] List { get; } = [new("Name", "name"), new("Login server", "properties.loginServer"), new("SKU", "sku.name"), new("Location", "location"), new("State", "properties.provisioningState")];

    public static Column[] Item { get; } =
    [
        new("Name", "name"), new("Login server", "properties.loginServer"), new("SKU", "sku.name"), new("Location", "location"), new("State", "properties.provisioningState"),
        new("Admin user", "properties.adminUserEnabled", Cells.YesNo), new("Anonymous pull", "properties.anonymousPullEnabled", Cells.YesNo),
        new("Anonymous pull of", "properties.anonymousPullRepositories"), new("Role assignments", "properties.roleAssignmentMode"), new("Public network", "properties.publicNetworkAccess"), new("Default action", "properties.networkRuleSet.defaultAction"),
        new("Tags", "tags"), new("Id", "id"),
    ];
}
