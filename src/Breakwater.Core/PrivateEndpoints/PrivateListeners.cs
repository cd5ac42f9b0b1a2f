using System.Collections.Immutable;
using Breakwater.Core.Identity;
using Breakwater.Core.Network;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>The private listeners that the operator has configured.</summary>
/// <param name="networks">By a listener's name: which networks its clients are in, where the operator has said so.</param>
public sealed class PrivateListeners(IReadOnlyList<PrivateListener> all, IReadOnlyDictionary<string, ImmutableArray<AddressRange>>? networks = null)
{
    /// <summary>Those of whose clients it is known in which networks they are.</summary>
    public ImmutableArray<PrivateListener> WithNetworks { get; } = [.. all.Where(listener => networks?.ContainsKey(listener.Name) is true)];

    /// <returns>Empty when the operator has named none.</returns>
    public ImmutableArray<AddressRange> NetworksOf(PrivateListener listener) => networks?.GetValueOrDefault(listener.Name) is { IsDefault: false } found ? found : [];

    /// <returns>Null when there is none of that name, or not any more.</returns>
    public PrivateListener? Find(string name) => all.FirstOrDefault(listener => listener.Name == name);

    /// <param name="name">Null: the only one.</param>
    /// <exception cref="InvalidValueException">There is none; the message names those that there are.</exception>
    public PrivateListener Require(string? name)
    {
        if (all.Count == 0)
            throw new InvalidValueException("The server has no private listener. Its operator adds one with --private-listeners.");
        if ((name is null && all.Count == 1 ? all[0] : Find(name ?? "")) is { } found)
            return found;
        var there = string.Join(", ", all.Select(listener => listener.Name));
        throw new InvalidValueException(name is null ? $"Name a listener: {there}." : $"There is no private listener '{name}'. There are: {there}.");
    }
}
