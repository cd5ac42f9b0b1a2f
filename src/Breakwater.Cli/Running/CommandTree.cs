using System.CommandLine;
using Breakwater.Cli.Commands.Manifests;
using Breakwater.Cli.Commands.Registries;
using Breakwater.Cli.Commands.Repositories;
using Breakwater.Cli.Commands.SigningIn;
using Breakwater.Cli.Commands.Tags;
using Breakwater.Cli.Options;

namespace Breakwater.Cli.Running;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("The command line of Breakwater, a private registry for container images and other OCI artifacts.")
        {
            CommonOptions.Output, CommonOptions.Query, CommonOptions.Profile,
            new LoginCommand(),
            new LogoutCommand(),
            new CommandGroup("registry", "Registries.",
                new RegistryListCommand(), new RegistryShowCommand(), new RegistryCreateCommand(), new RegistryUpdateCommand(), new RegistryDeleteCommand()),
            new CommandGroup("repository", "Repositories of a registry.",
                new RepositoryListCommand(), new RepositoryShowCommand(), new RepositoryShowTagsCommand(), new RepositoryUpdateCommand(), new RepositoryUntagCommand(), new RepositoryDeleteCommand()),
            new CommandGroup("manifest", "Manifests of a repository.",
                new ManifestListCommand(), new ManifestShowCommand(), new ManifestListMetadataCommand(), new ManifestShowMetadataCommand(), new ManifestUpdateMetadataCommand(),
                new ManifestDeleteCommand(), new ManifestListReferrersCommand()),
            new CommandGroup("tag", "Tags of a repository.", new TagListCommand(), new TagShowCommand(), new TagUpdateCommand(), new TagDeleteCommand()),
        };
        return root;
    }
}
