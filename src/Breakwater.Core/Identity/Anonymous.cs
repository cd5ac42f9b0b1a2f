using Breakwater.Core.Access;

namespace Breakwater.Core.Identity;

/// <summary>Everybody who does not sign in, as one principal. It gets tokens where a registry is open for pulling.</summary>
public static class Anonymous
{
    /// <summary>The subject that ACR's clients see in such tokens.</summary>
    public const string Name = "acr_anon_pull";

    public static readonly Guid Id = new("a2a1b7d5-6c0e-4a55-9d0a-6b1a7b5a7f10");

    /// <summary>What it may do where it may anything; the catalog stays closed.</summary>
    internal const RepositoryActions Actions = RepositoryActions.Pull | RepositoryActions.MetadataRead;
}
