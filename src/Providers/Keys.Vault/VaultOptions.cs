namespace Breakwater.Keys.Vault;

/// <summary>What the operator says of a Vault or an OpenBao.</summary>
/// <param name="Address">Its https address, without a path.</param>
/// <param name="Mount">Where the Transit engine is. Default transit.</param>
/// <param name="Namespace">Of Vault Enterprise or OpenBao; null: none.</param>
/// <param name="TokenFile">A file with a token; read anew when the token is refused.</param>
/// <param name="RoleId">AppRole's role id, in the place of a token.</param>
/// <param name="SecretIdFile">A file with AppRole's secret id.</param>
/// <param name="AppRoleMount">Where AppRole is. Default approle.</param>
/// <param name="Ca">A PEM file of the authorities that the server's certificate is checked by; null: the machine's.</param>
internal sealed record VaultOptions(
    Uri Address, string Mount = "transit", string? Namespace = null, string? TokenFile = null, string? RoleId = null, string? SecretIdFile = null, string AppRoleMount = "approle", string? Ca = null);
