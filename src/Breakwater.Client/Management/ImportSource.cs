namespace Breakwater.Client.Management;

/// <param name="ResourceId">A registry of this installation; or <paramref name="RegistryUri"/>, the host of another.</param>
/// <param name="SourceImage">Repository with tag or digest.</param>
public sealed record ImportSource(string? ResourceId, string? RegistryUri, string SourceImage, ImportCredentials? Credentials);
