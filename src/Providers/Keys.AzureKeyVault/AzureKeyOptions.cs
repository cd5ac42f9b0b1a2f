namespace Breakwater.Keys.AzureKeyVault;

/// <summary>What the operator says of key vaults and managed HSMs in Azure.</summary>
/// <param name="Vaults">Their https addresses, without paths; keys of others cannot be named.</param>
/// <param name="TenantId">Of the application that signs in.</param>
/// <param name="ClientId">The application.</param>
/// <param name="ClientSecretFile">A file with its secret; or one of the next two.</param>
/// <param name="ClientCertificateFile">A PEM file with its certificate and private key.</param>
/// <param name="FederatedTokenFile">A file with a token that it has a federated credential for, as Kubernetes keeps one.</param>
/// <param name="AuthorityHost">Where it signs in. Default https://login.microsoftonline.com.</param>
/// <param name="Ca">A PEM file of authorities to check certificates by; null: the machine's.</param>
internal sealed record AzureKeyOptions(
    IReadOnlyList<Uri> Vaults, string TenantId, string ClientId, string? ClientSecretFile = null, string? ClientCertificateFile = null, string? FederatedTokenFile = null, Uri? AuthorityHost = null,
    string? Ca = null);
