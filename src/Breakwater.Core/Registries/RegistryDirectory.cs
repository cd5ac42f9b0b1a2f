namespace Breakwater.Core.Registries;

/// <summary>The registries of the installation by the hosts they are reached by. There is one so far.</summary>
public sealed class RegistryDirectory(Registry only)
{
    /// <returns>Null when there is none.</returns>
    public Registry? Find(Guid id) => id == only.Id ? only : null;

    /// <param name="host">Host and port of the request, one of the allowed hosts.</param>
    public Registry Resolve(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return only;
    }
}
