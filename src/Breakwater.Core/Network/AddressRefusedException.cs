namespace Breakwater.Core.Network;

/// <summary>A host has no address, or none that may be connected to.</summary>
internal sealed class AddressRefusedException(string host) : HttpRequestException($"{host} has no address that may be connected to.");
