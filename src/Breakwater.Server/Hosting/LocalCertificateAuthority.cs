using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Core.Storage;

namespace Breakwater.Server.Hosting;

/// <summary>The installation's own CA, for a server that was given no certificate.</summary>
/// <remarks>
/// <code>
/// tls/                    a --cert-dir for podman, skopeo and buildah as it stands: they want a folder with no key in it
///   ca.crt                the CA's certificate, for clients to trust
///   private/ca.key        its key, owner only
///   private/server.pem    the server's key and certificate in one file, so that they are replaced in one step; owner only
/// </code>
/// </remarks>
internal sealed class LocalCertificateAuthority
{
    // 397 days is the longest that common TLS clients take for a leaf.
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(3652), ServerLife = TimeSpan.FromDays(397), RenewBefore = TimeSpan.FromDays(30);

    private readonly string _privateFolder;
    private readonly CertificateNames _names;
    private readonly TimeProvider _time;

    /// <param name="dataDirectory">Exists, and this process holds it.</param>
    /// <param name="names">What the server certificate speaks for.</param>
    /// <param name="time">The clock.</param>
    public LocalCertificateAuthority(string dataDirectory, CertificateNames names, TimeProvider time)
    {
        (_names, _time) = (names, time);
        Folder = Path.Combine(dataDirectory, "tls");
        _privateFolder = Path.Combine(Folder, "private");
    }

    /// <summary>Holds <c>ca.crt</c> and no key.</summary>
    public string Folder { get; }

    public string CertificateFile => Path.Combine(Folder, "ca.crt");

    private string KeyFile => Path.Combine(_privateFolder, "ca.key");

    private string ServerFile => Path.Combine(_privateFolder, "server.pem");

    /// <summary>The server's certificate; it renews itself while it is used.</summary>
    public CertificateFiles Files => new(ServerFile, ServerFile, EnsureServerCertificate, Issue);

    /// <summary>Creates what is missing, and renews the server certificate when it ends soon or speaks for other names. An existing CA stays.</summary>
    /// <exception cref="InvalidDataException">The CA's files do not belong together or its key is gone.</exception>
    public void EnsureServerCertificate()
    {
        if (IsServerCertificateGood())
            return;
        CreateFolders();
        using var authority = OpenAuthority();
        var now = _time.GetUtcNow();
        DurableFile.Replace(ServerFile, Encoding.ASCII.GetBytes(CertificateIssuer.IssueServer(authority, _names, now, now + ServerLife)));
    }

    /// <summary>A key and certificate for one more host, PEM; it is kept in no file.</summary>
    /// <exception cref="InvalidDataException">The CA's files do not belong together or its key is gone.</exception>
    public string Issue(string host)
    {
        using var authority = OpenAuthority();
        var now = _time.GetUtcNow();
        return CertificateIssuer.IssueServer(authority, new CertificateNames([host], []), now, now + ServerLife);
    }

    private bool IsServerCertificateGood()
    {
        if (!File.Exists(ServerFile) || !File.Exists(CertificateFile))
            return false;
        using var server = X509Certificate2.CreateFromPem(File.ReadAllText(ServerFile));
        using var authority = X509Certificate2.CreateFromPem(File.ReadAllText(CertificateFile));
        return server.NotAfter.ToUniversalTime() - _time.GetUtcNow() > RenewBefore
            && server.Issuer == authority.Subject
            && _names.AreThoseOf(server);
    }

    private X509Certificate2 OpenAuthority()
    {
        if (!File.Exists(KeyFile))
        {
            if (File.Exists(CertificateFile))
                throw new InvalidDataException($"{KeyFile} is gone, so the local CA can issue no certificate. "
                    + $"Bring it back from a backup, or delete {CertificateFile} for a new CA that clients must trust anew.");
            using var newKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            DurableFile.Replace(KeyFile, Encoding.ASCII.GetBytes(newKey.ExportPkcs8PrivateKeyPem()));
        }
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(KeyFile));
        // A key without a certificate: the first start was interrupted between the two.
        if (!File.Exists(CertificateFile))
            WriteCertificate(CertificateIssuer.SelfSign(key, _time.GetUtcNow(), _time.GetUtcNow() + AuthorityLife));
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(CertificateFile));
        try
        {
            return certificate.CopyWithPrivateKey(key);
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException($"{KeyFile} is not the key of {CertificateFile}. "
                + "Bring both back from one backup, or delete both for a new CA that clients must trust anew.");
        }
    }

    private void WriteCertificate(string pem)
    {
        DurableFile.Replace(CertificateFile, Encoding.ASCII.GetBytes(pem));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(CertificateFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private void CreateFolders()
    {
        Directory.CreateDirectory(Folder);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_privateFolder);
        else
            Directory.CreateDirectory(_privateFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
