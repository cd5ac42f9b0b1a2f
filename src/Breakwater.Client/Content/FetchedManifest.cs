namespace Breakwater.Client.Content;

/// <summary>A manifest, byte for byte.</summary>
public sealed record FetchedManifest(string Digest, string MediaType, byte[] Bytes);
