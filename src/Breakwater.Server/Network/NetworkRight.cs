using Breakwater.Core.Registries;

namespace Breakwater.Server.Network;

/// <summary>What a transfer keeps asking: a number that goes up with every change, and only when it has gone up whether the network is still let in.</summary>
internal sealed class NetworkRight(NetworkGate gate, RegistryDirectory registries, HttpContext context, Guid registryId)
{
    // None that there is: something may have changed between the gate and the first question.
    private int? _version;

    /// <exception cref="NetworkEndedException">Not any more.</exception>
    public void Demand()
    {
        var version = registries.Version;
        if (version == _version)
            return;
        if (registries.Find(registryId) is not { } registry || !gate.Admits(context, registry))
        {
            NetworkGate.Note(context);
            throw new NetworkEndedException(NetworkGate.MessageFor(context));
        }
        _version = version;
    }
}
