namespace Breakwater.Client.Management;

/// <summary>Managed identities, and whose tokens stand for them.</summary>
public sealed class IdentitiesClient(ManagementClient management)
{
    private const string Version = "2023-01-31", Credentials = "/federatedIdentityCredentials";

    private readonly string root = $"{management.Subscription}/resourceGroups/{RegistryId.DefaultGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

    public IAsyncEnumerable<ArmResource<IdentityProperties>> ListAsync(CancellationToken stop) => management.Api.ListAsync<ArmResource<IdentityProperties>>(Versioned(root), stop);

    public Task<ArmResource<IdentityProperties>> GetAsync(string name, CancellationToken stop) => management.Api.GetAsync<ArmResource<IdentityProperties>>(Versioned(At(name)), stop);

    public Task<ArmResource<IdentityProperties>> PutAsync(string name, IReadOnlyDictionary<string, string>? tags, CancellationToken stop) =>
        management.Api.SendAsync<ArmResource<IdentityProperties>>(HttpMethod.Put, Versioned(At(name)), new { tags }, stop);

    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteAsync(string name, CancellationToken stop) => management.DeleteAsync(At(name), Version, stop);

    public IAsyncEnumerable<ArmResource<IdentityCredentialProperties>> ListCredentialsAsync(string name, CancellationToken stop) =>
        management.Api.ListAsync<ArmResource<IdentityCredentialProperties>>(Versioned(At(name) + Credentials), stop);

    public Task<ArmResource<IdentityCredentialProperties>> GetCredentialAsync(string name, string credential, CancellationToken stop) =>
        management.Api.GetAsync<ArmResource<IdentityCredentialProperties>>(Versioned(At(name, credential)), stop);

    public Task<ArmResource<IdentityCredentialProperties>> PutCredentialAsync(string name, string credential, IdentityCredentialProperties properties, CancellationToken stop) =>
        management.Api.SendAsync<ArmResource<IdentityCredentialProperties>>(HttpMethod.Put, Versioned(At(name, credential)), new { properties }, stop);

    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteCredentialAsync(string name, string credential, CancellationToken stop) => management.DeleteAsync(At(name, credential), Version, stop);

    private string At(string name) => $"{root}/{Uri.EscapeDataString(name)}";

    private string At(string name, string credential) => $"{At(name)}{Credentials}/{Uri.EscapeDataString(credential)}";

    private static string Versioned(string path) => ManagementClient.Versioned(path, Version);
}
