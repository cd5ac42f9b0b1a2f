namespace Breakwater.Core.Network;

/// <summary>A POST to a target that somebody else than the operator has named.</summary>
internal sealed record OutgoingPost(Uri Target, string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
