namespace Breakwater.Server.Hosting;

/// <summary>Where the server's certificate and key lie.</summary>
/// <param name="Certificate">PEM file of the leaf and its intermediates.</param>
/// <param name="Key">PEM file of the key; may be the same file.</param>
/// <param name="Renew">Called before each look at the files, for a certificate that we issue ourselves; null for one that others renew.</param>
/// <param name="Issue">Makes a certificate for a registry's own host; null where others make certificates.</param>
internal sealed record CertificateFiles(string Certificate, string Key, Action? Renew = null, Func<string, string>? Issue = null);
