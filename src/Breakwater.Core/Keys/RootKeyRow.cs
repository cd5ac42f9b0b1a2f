namespace Breakwater.Core.Keys;

/// <summary>A row of <c>root_key</c>.</summary>
/// <param name="Provider">The key store that wrapped it.</param>
/// <param name="CheckValue">See <see cref="RootKey.CheckValue"/>.</param>
internal sealed record RootKeyRow(int Epoch, string Provider, WrappedKey Wrapped, byte[] CheckValue);
