using System.Security.Cryptography;
using System.Text;

namespace Breakwater.Core.Keys;

/// <summary>A row of <c>root_key</c>.</summary>
/// <param name="Provider">The key store that wrapped it.</param>
/// <param name="CheckValue">See <see cref="RootKey.CheckValue"/>.</param>
/// <param name="RowCheck">As it was when the row was written; null: before there was one.</param>
internal sealed record RootKeyRow(int Epoch, string Provider, WrappedKey Wrapped, byte[] CheckValue, byte[]? RowCheck = null)
{
    /// <summary>Whether it is the same wrapping of the same key.</summary>
    public bool IsSame(RootKeyRow other) => Epoch == other.Epoch && Provider == other.Provider && Wrapped.Bytes.AsSpan().SequenceEqual(other.Wrapped.Bytes);

    /// <summary>Of what a key store is asked with. No protection: the wrapping has its own. It tells where to look.</summary>
    public byte[] ComputeRowCheck() => SHA256.HashData([.. Encoding.UTF8.GetBytes($"{Epoch}\n{Provider}\n{Wrapped.Key}\n{Wrapped.KeyVersion}\n"), .. Wrapped.Bytes, .. CheckValue])[..8];
}
