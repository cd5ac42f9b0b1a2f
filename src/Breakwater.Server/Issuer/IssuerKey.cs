using Breakwater.Core.Keys;

namespace Breakwater.Server.Issuer;

/// <summary>Encrypts codes and refresh tokens, which nobody but the issuer reads. Derived from the installation's root key, so that they outlive a restart.</summary>
internal sealed class IssuerKey(SecretBox box)
{
    private byte[]? _value;

    /// <exception cref="InvalidOperationException">It was not loaded.</exception>
    public byte[] Value => _value ?? throw new InvalidOperationException($"Call {nameof(LoadAsync)} first.");

    public async Task LoadAsync(CancellationToken cancellationToken) => _value = await box.DeriveKeyAsync("issuer.encryption", cancellationToken);
}
