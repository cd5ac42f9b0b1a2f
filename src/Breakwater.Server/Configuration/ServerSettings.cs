using System.Collections.Immutable;
using System.Net;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Network;
using Breakwater.Core.PrivateEndpoints;
using Breakwater.Core.Registries;
using Breakwater.Core.Rotation;

namespace Breakwater.Server.Configuration;

/// <summary>Every setting of the server, as it was decided at the start. It does not change while the process runs.</summary>
/// <remarks>
/// A flag (<c>--gc-interval</c>) wins over the environment (<c>BREAKWATER_GC_INTERVAL</c>), that over the file (<c>"gc-interval"</c>),
/// that over the default. <see cref="SettingKeys"/> is the table of names.
/// </remarks>
internal sealed record ServerSettings
{
    /// <summary>The data directory, an absolute path. Default: <c>breakwater</c> in the user's data folder of the platform.</summary>
    public string Data { get; init; } = DefaultData();

    /// <summary>Where plain HTTP is spoken; null is off. Default 127.0.0.1:5000: docker takes a loopback registry without TLS.</summary>
    public IPEndPoint? Http { get; init; } = new(IPAddress.Loopback, 5000);

    /// <summary>Where HTTPS is spoken; null is off. Default 127.0.0.1:5443.</summary>
    public IPEndPoint? Https { get; init; } = new(IPAddress.Loopback, 5443);

    /// <summary>
    /// Where health and metrics are served, over plain HTTP and without signing in; null is off. Default 127.0.0.1:5001. Anything but
    /// loopback needs <see cref="AllowPlaintext"/>, since metrics tell an outsider what goes on.
    /// </summary>
    public IPEndPoint? Ops { get; init; } = new(IPAddress.Loopback, 5001);

    /// <summary>A PEM file: the server's certificate, then its intermediates. Default null: the local CA issues one.</summary>
    public string? TlsCert { get; init; }

    /// <summary>The PEM file of the certificate's private key, not encrypted. Given together with <see cref="TlsCert"/> or not at all.</summary>
    public string? TlsKey { get; init; }

    /// <summary>A PEM file: clients of the HTTPS listener must have a certificate of that authority. Default null: none is asked for. Read at the start.</summary>
    public string? ClientCa { get; init; }

    /// <summary>A file of revocation lists of <see cref="ClientCa"/>, PEM or DER; read again when it changes. Default null: no certificate is looked up.</summary>
    public string? ClientCrl { get; init; }

    /// <summary>Allows plain HTTP beyond loopback. Default false: passwords would travel readable.</summary>
    public bool AllowPlaintext { get; init; }

    /// <summary>
    /// Host names that the server answers to, beside localhost, the machine's name and the addresses that it listens on. Default none. A
    /// single <c>*</c> stands for any name.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default none: anybody can write them.</summary>
    public IReadOnlyList<AddressRange> TrustedProxies { get; init; } = [];

    /// <summary>Most of the trusted proxies that a request passes. Default 1.</summary>
    public int ProxyHops { get; init; } = 1;

    /// <summary>Peers whose connections begin with a PROXY header, version 2. Default none.</summary>
    public IReadOnlyList<AddressRange> ProxyProtocol { get; init; } = [];

    /// <summary>Further listeners with TLS on addresses that only a private network reaches, by which private endpoints lead. Default none.</summary>
    public IReadOnlyList<PrivateListener> PrivateListeners { get; init; } = [];

    /// <summary>By a private listener's name a PEM file: clients must have a certificate of that authority. Default none. Read at the start.</summary>
    public IReadOnlyDictionary<string, string> PrivateClientCa { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// By a private listener's name the networks that its clients are in: private endpoints that name the listener as a subnet, as az does, are for those.
    /// Default none.
    /// </summary>
    public IReadOnlyDictionary<string, ImmutableArray<AddressRange>> PrivateNetworks { get; init; } = ImmutableDictionary<string, ImmutableArray<AddressRange>>.Empty;

    /// <summary>By a private listener's name a file of revocation lists of its authority, as <see cref="ClientCrl"/>. Default none.</summary>
    public IReadOnlyDictionary<string, string> PrivateClientCrl { get; init; } = new Dictionary<string, string>();

    /// <summary>What registries' own hosts are below: <c>NAME.DOMAIN</c>. Default localhost.</summary>
    public string Domain { get; init; } = RegistryDirectory.DefaultDomain;

    /// <summary>
    /// The owner's password, from the environment only; at a later start it replaces the old one. Default null: the first start generates
    /// one and shows it once.
    /// </summary>
    public Secret? OwnerPassword { get; init; }

    /// <summary>A file with the owner's password, as an alternative to <see cref="OwnerPassword"/>. Default null.</summary>
    public string? OwnerPasswordFile { get; init; }

    /// <summary>A JSON file that names other OpenID Connect issuers whose tokens are believed; null: none. Read at the start.</summary>
    public string? TrustedIssuers { get; init; }

    /// <summary>The file of the key-encryption key. Default: <c>keys/service.key</c> in the data directory.</summary>
    public string KeyFile { get => field ?? Path.Combine(Data, "keys", "service.key"); init; }

    /// <summary>A JSON file that names key stores of customers' keys; null: none. Read at the start.</summary>
    public string? KeyStores { get; init; }

    /// <summary>The time between two questions whether customers' keys may still be used. Default 30 s: a refusal counts within a minute.</summary>
    public TimeSpan KeyCheck { get; init; } = new KeyWatchOptions().CheckInterval;

    /// <summary>The time between two questions for new versions of keys. Default 5 minutes.</summary>
    public TimeSpan KeyFollow { get; init; } = new KeyWatchOptions().FollowInterval;

    /// <summary>How long keys in memory are used while their key store gives no answer. Default 30 minutes.</summary>
    public TimeSpan KeyGrace { get; init; } = new KeyWatchOptions().Grace;

    /// <summary>Bytes a second that are encrypted anew after the exchange of a root key, in all registries together; 0: as fast as it can. Default 64 MiB.</summary>
    public long ReencryptRate { get; init; } = new RotationOptions().BytesPerSecond;

    /// <summary>Networks that key stores may be in beside the public Internet. Default none, as for everything that goes out.</summary>
    public IReadOnlyList<IPNetwork> KeyAllow { get; init; } = [];

    /// <summary>The installation that must be found in the data directory. Default null: whichever is there.</summary>
    public Guid? Installation { get; init; }

    /// <summary>Networks that webhooks may be sent to beside the public Internet. Default none: private networks are the operator's.</summary>
    public IReadOnlyList<IPNetwork> WebhookAllow { get; init; } = [];

    /// <summary>Networks that images may be imported from beside the public Internet. Default none: private networks are the operator's.</summary>
    public IReadOnlyList<IPNetwork> ImportAllow { get; init; } = [];

    /// <summary>A PEM file of certificate authorities that registries elsewhere may have beside the machine's; null: none. Read at the start.</summary>
    public string? ImportCa { get; init; }

    /// <summary>How long running transfers may go on after SIGTERM. Default 30 s, what Kubernetes grants by default.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between two passes of the clean-up. Default 10 minutes.</summary>
    public TimeSpan GcInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long pushed content stays without a reference. Default 24 h: longer than any push takes.</summary>
    public TimeSpan GcLease { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a file stays after its row is gone, for readers under way. Default 15 minutes.</summary>
    public TimeSpan GcFileDelay { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a deleted registry can be recovered before its keys are destroyed. Default 7 days; zero: not at all.</summary>
    public TimeSpan RegistryRecovery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A JSON file with limits of the tiers that differ from Azure's; null: none does. Read at the start.</summary>
    public string? TierLimits { get; init; }

    /// <summary>Memory for content that is served again and again, in bytes. Default 128 MiB.</summary>
    public long ContentCacheBytes { get; init; } = 128L << 20;

    /// <summary>Most connections of clients at once. Default null: what the descriptor limit allows, less a reserve.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Failed logins a minute from one source before 429. Default 10.</summary>
    public int LoginFailuresPerSource { get; init; } = 10;

    /// <summary>Failed logins a minute of one user name before 429. Default 20.</summary>
    public int LoginFailuresPerName { get; init; } = 20;

    /// <summary>Failed logins a minute of one user name from one source before 429. Default 5.</summary>
    public int LoginFailuresPerNameAndSource { get; init; } = 5;

    /// <summary>What is logged at least. Default information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How a log line looks. Default text.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>How long audit records are kept. Default 90 days.</summary>
    public TimeSpan AuditRetention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Most audit records; the oldest go first. Default 10 million, about 4 GB.</summary>
    public int AuditMaxRecords { get; init; } = 10_000_000;

    /// <summary>The OTLP collector for traces, metrics and audit records. Default null: nothing is sent and no request is traced.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Pushes are refused when the data volume has less free space than this, in bytes. Default 64 MiB: room to delete and clean up.</summary>
    public long MinFreeSpaceBytes { get; init; } = 64L << 20;

    /// <summary>The addresses that clients reach.</summary>
    public IEnumerable<IPEndPoint> ClientListeners => new[] { Http, Https }.OfType<IPEndPoint>().Concat(PrivateListeners.Select(listener => listener.Address));

    private static string DefaultData()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.GetFullPath(Path.Combine(folder, "breakwater"));
    }
}
