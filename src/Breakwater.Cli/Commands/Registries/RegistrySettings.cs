using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Registries;

/// <summary>The settings of a registry that <c>create</c> and <c>update</c> take.</summary>
internal sealed class RegistrySettings
{
    private readonly Option<string?> sku = new("--sku") { Description = "Basic, Standard or Premium.", HelpName = "SKU" };
    private readonly Option<bool?> admin = new("--admin-enabled") { Description = "Whether the admin user can sign in.", HelpName = "true|false" };
    private readonly Option<bool?> anonymous = new("--anonymous-pull-enabled") { Description = "Whether everybody may pull everything.", HelpName = "true|false" };
    private readonly Option<string[]?> open = new("--anonymous-pull-repositories") { Description = "What everybody may pull: names, or NAME/*. Give '' for none.", HelpName = "PATTERN", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> mode = new("--role-assignment-mode") { Description = "rbac, or rbac-abac for data actions only.", HelpName = "MODE" };
    private readonly Option<string?> defaultAction = new("--default-action") { Description = "Allow or Deny, for addresses that no network rule is about.", HelpName = "ACTION" };
    private readonly Option<bool?> isPublic = new("--public-network-enabled") { Description = "Whether anything but private endpoints leads to it.", HelpName = "true|false" };
    private readonly Option<bool?> trusted = new("--allow-trusted-services") { Description = "Whether imports pass by the network rules.", HelpName = "true|false" };
    private readonly Option<bool?> data = new("--data-endpoint-enabled") { Description = "Whether blobs are fetched from a host of their own.", HelpName = "true|false" };
    private readonly Option<string[]?> tags = new("--tags") { Description = "KEY=VALUE, all of them. Give '' for none.", HelpName = "TAG", AllowMultipleArgumentsPerToken = true };

    public RegistrySettings()
    {
        sku.CompletionSources.Add("Basic", "Standard", "Premium");
        mode.CompletionSources.Add("rbac", "rbac-abac");
        defaultAction.CompletionSources.Add("Allow", "Deny");
    }

    private IEnumerable<Option> All => [sku, admin, anonymous, open, mode, defaultAction, isPublic, trusted, data, tags];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    public bool AnyIn(Invocation call) => All.Any(call.IsGiven);

    public RegistryChange Read(Invocation call) => new()
    {
        Sku = call.Value(sku) is { } name ? new RegistrySku(name) : null,
        Tags = call.IsGiven(tags) ? KeyValues.Parse(call.Value(tags), "--tags") : null,
        Properties = new RegistryProperties
        {
            AdminUserEnabled = call.Value(admin),
            AnonymousPullEnabled = call.Value(anonymous),
            AnonymousPullRepositories = call.IsGiven(open) ? [.. (call.Value(open) ?? []).Where(pattern => pattern.Length > 0)] : null,
            RoleAssignmentMode = ModeOf(call.Value(mode)),
            DataEndpointEnabled = call.Value(data),
            NetworkRuleSet = call.Value(defaultAction) is { } action ? new NetworkRuleSet { DefaultAction = action } : null,
            PublicNetworkAccess = call.Value(isPublic) is { } access ? access ? "Enabled" : "Disabled" : null,
            NetworkRuleBypassOptions = call.Value(trusted) is { } trust ? trust ? "AzureServices" : "None" : null,
        },
    };

    private static string? ModeOf(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "rbac" or "legacyregistrypermissions" => "LegacyRegistryPermissions",
        "rbac-abac" or "abacrepositorypermissions" => "AbacRepositoryPermissions",
        _ => throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' is no role assignment mode.", "Use rbac or rbac-abac."),
    };
}
