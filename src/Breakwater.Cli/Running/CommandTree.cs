using System.CommandLine;
using Breakwater.Cli.Commands.Configuration;
using Breakwater.Cli.Commands.Credentials;
using Breakwater.Cli.Commands.DockerCredentials;
using Breakwater.Cli.Commands.Encryption;
using Breakwater.Cli.Commands.Groups;
using Breakwater.Cli.Commands.Identities;
using Breakwater.Cli.Commands.Manifests;
using Breakwater.Cli.Commands.NetworkRules;
using Breakwater.Cli.Commands.Operations;
using Breakwater.Cli.Commands.PrivateConnections;
using Breakwater.Cli.Commands.PrivateEndpoints;
using Breakwater.Cli.Commands.Registries;
using Breakwater.Cli.Commands.Repositories;
using Breakwater.Cli.Commands.ResourceGroups;
using Breakwater.Cli.Commands.Roles;
using Breakwater.Cli.Commands.ScopeMaps;
using Breakwater.Cli.Commands.Services;
using Breakwater.Cli.Commands.SigningIn;
using Breakwater.Cli.Commands.Tags;
using Breakwater.Cli.Commands.Tokens;
using Breakwater.Cli.Commands.Users;
using Breakwater.Cli.Commands.Webhooks;
using Breakwater.Cli.Options;
using Breakwater.Cli.Reference;

namespace Breakwater.Cli.Running;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Build() => new("The command line of Breakwater, a private registry for container images and other OCI artifacts.")
    {
        CommonOptions.Output,
        CommonOptions.Query,
        CommonOptions.Profile,
        new LoginCommand(),
        new LogoutCommand(),
        new CommandGroup("registry", "Registries.",
            new RegistryListCommand(), new RegistryShowCommand(), new RegistryCreateCommand(), new RegistryUpdateCommand(), new RegistryDeleteCommand(),
            new RegistryListDeletedCommand(), new RegistryRecoverCommand(), new RegistryPurgeCommand()),
        new CommandGroup("resource-group", "Resource groups: registries that are managed together.",
            new ResourceGroupListCommand(), new ResourceGroupShowCommand(), new ResourceGroupCreateCommand(), new ResourceGroupUpdateCommand(), new ResourceGroupDeleteCommand()),
        new CommandGroup("config", "Policies of a registry.",
            new CommandGroup("retention", "Whether manifests without a tag are deleted.", new RetentionShowCommand(), new RetentionUpdateCommand()),
            new CommandGroup("soft-delete", "Whether what is deleted can be restored.", new SoftDeleteShowCommand(), new SoftDeleteUpdateCommand())),
        new CommandGroup("network-rule", "Which addresses reach a registry.", new NetworkRuleListCommand(), new NetworkRuleAddCommand(), new NetworkRuleRemoveCommand()),
        new CommandGroup("private-endpoint", "Private ways to a registry.",
            new PrivateEndpointListCommand(), new PrivateEndpointShowCommand(), new PrivateEndpointCreateCommand(), new PrivateEndpointDeleteCommand(), new PrivateEndpointDnsCommand()),
        new CommandGroup("private-endpoint-connection", "Private endpoints from the registry's side.",
            new PrivateConnectionListCommand(), new PrivateConnectionShowCommand(), PrivateConnectionDecideCommand.Approve(), PrivateConnectionDecideCommand.Reject(), new PrivateConnectionDeleteCommand()),
        new CommandGroup("encryption", "The key of yours that a registry is under.",
            new EncryptionShowCommand(), new EncryptionEnableCommand(), new EncryptionRotateKeyCommand(), new EncryptionDisableCommand(), new EncryptionRotateRootKeyCommand(), new EncryptionShowRootKeyCommand()),
        new CommandGroup("repository", "Repositories of a registry.",
            new RepositoryListCommand(), new RepositoryShowCommand(), new RepositoryShowTagsCommand(), new RepositoryUpdateCommand(), new RepositoryUntagCommand(), new RepositoryDeleteCommand(),
            new RepositoryListDeletedCommand()),
        new CommandGroup("manifest", "Manifests of a repository.",
            new ManifestListCommand(), new ManifestShowCommand(), new ManifestListMetadataCommand(), new ManifestShowMetadataCommand(), new ManifestUpdateMetadataCommand(),
            new ManifestDeleteCommand(), new ManifestListReferrersCommand(), new ManifestListDeletedCommand(), new ManifestListDeletedTagsCommand(), new ManifestRestoreCommand(), new ManifestPurgeDeletedCommand()),
        new CommandGroup("tag", "Tags of a repository.", new TagListCommand(), new TagShowCommand(), new TagUpdateCommand(), new TagDeleteCommand()),
        new ImportCommand(),
        new UsageCommand(),
        new PurgeCommand(),
        new CommandGroup("token", "Repository-scoped tokens of a registry.",
            new TokenListCommand(), new TokenShowCommand(), new TokenCreateCommand(), new TokenUpdateCommand(), new TokenDeleteCommand(),
            new CommandGroup("credential", "Passwords of a token.", new TokenCredentialGenerateCommand(), new TokenCredentialDeleteCommand())),
        new CommandGroup("scope-map", "What tokens open.", new ScopeMapListCommand(), new ScopeMapShowCommand(), new ScopeMapCreateCommand(), new ScopeMapUpdateCommand(), new ScopeMapDeleteCommand()),
        new CommandGroup("credential", "The admin user of a registry.", new CredentialShowCommand(), new CredentialRenewCommand()),
        new CommandGroup("webhook", "Requests to you when something is pushed or deleted.",
            new WebhookListCommand(), new WebhookShowCommand(), new WebhookCreateCommand(), new WebhookUpdateCommand(), new WebhookDeleteCommand(), new WebhookPingCommand(),
            new WebhookGetConfigCommand(), new WebhookListEventsCommand()),
        new CommandGroup("role", "Who may do what.",
            new CommandGroup("assignment", "Who has which role where.", new AssignmentListCommand(), new AssignmentCreateCommand(), new AssignmentDeleteCommand()),
            new CommandGroup("definition", "Roles.", new DefinitionListCommand(), new DefinitionCreateCommand(), new DefinitionUpdateCommand(), new DefinitionDeleteCommand())),
        new CommandGroup("user", "Users.", new UserListCommand(), new UserShowCommand(), new UserCreateCommand(), new UserUpdateCommand(), new UserDeleteCommand()),
        new CommandGroup("group", "Groups.",
            new GroupListCommand(), new GroupShowCommand(), new GroupCreateCommand(), new GroupDeleteCommand(),
            new CommandGroup("member", "Members of a group.", new GroupMemberListCommand(), new GroupMemberAddCommand(), new GroupMemberRemoveCommand())),
        new CommandGroup("service-principal", "Programs that sign in.",
            new ServiceListCommand(), new ServiceShowCommand(), new ServiceCreateCommand(), new ServiceDeleteCommand(),
            new CommandGroup("credential", "Secrets of a service principal.", new ServiceCredentialListCommand(), new ServiceCredentialAddCommand(), new ServiceCredentialRemoveCommand())),
        new CommandGroup("identity", "Managed identities: programs that sign in without a secret.",
            new IdentityListCommand(), new IdentityShowCommand(), new IdentityCreateCommand(), new IdentityDeleteCommand(),
            new CommandGroup("federated-credential", "Whose tokens stand for a managed identity.",
                new FederatedCredentialListCommand(), new FederatedCredentialCreateCommand(), new FederatedCredentialDeleteCommand())),
        new AuditCommand(),
        new WhyCommand(),
        new CheckHealthCommand(),
        new CommandGroup("credential-helper", "docker's credential helper.", new HelperGetCommand(), new HelperStoreCommand(), new HelperEraseCommand(), new HelperListCommand()),
        new CompletionCommand(),
        new ReferenceCommand(),
    };
}
