namespace Breakwater.Server.Access;

/// <summary>Where an action of the management plane must be granted.</summary>
internal enum ManagementScope
{
    /// <summary>In the whole installation: the directory is one for all.</summary>
    Installation,

    /// <summary>The same, named by a subscription id in the path, which is the installation's.</summary>
    Subscription,

    /// <summary>In every registry of the resource group that the path names.</summary>
    ResourceGroup,

    /// <summary>In the registry that the path names.</summary>
    Registry,
}
