using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Network;

/// <summary>The certificate authorities that registries elsewhere are checked by.</summary>
public static class RemoteAuthorities
{
    /// <param name="file">A PEM file of authorities to trust beside the machine's; null: only those.</param>
    /// <returns>Null: those of the machine.</returns>
    /// <exception cref="InvalidValueException">The file cannot be read or holds none.</exception>
    public static X509Certificate2Collection? Read(string? file)
    {
        if (file is null)
            return null;
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"import-ca: {file} cannot be read: {e.Message} Name a PEM file of certificate authorities.");
        }
        if (all.Count == 0)
            throw new InvalidValueException($"import-ca: {file} holds no certificate. Name a PEM file of certificate authorities.");
        using var machine = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        all.AddRange(machine.Certificates);
        return all;
    }
}
