using Breakwater.Core.Registries;

namespace Breakwater.Core.PrivateEndpoints;

/// <summary>What a private endpoint is to be.</summary>
/// <param name="Target">The registry that it is to lead to; the caller may read it.</param>
/// <param name="IsManual">Whether the registry's side is to be asked even if the caller could approve.</param>
/// <param name="Message">For whoever decides.</param>
/// <param name="Tags">ARM's tags.</param>
public sealed record EndpointRequest(Registry Target, ConnectionTerms Terms, bool IsManual, string Message, IReadOnlyDictionary<string, string> Tags);
