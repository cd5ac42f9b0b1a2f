using static Breakwater.Server.Configuration.SettingTexts;

namespace Breakwater.Server.Configuration;

/// <summary>The table of all settings. Flags, environment, file, help, <c>--print-config</c> and validation read nothing else.</summary>
internal static class SettingKeys
{
    private const string
        Listening = "Listening", Data = "Data and keys", Owner = "Owner and logins", Cleanup = "Clean-up", Limits = "Limits",
        Telemetry = "Logs and telemetry", Private = "Private endpoints", Proxies = "Proxies in front", Outgoing = "Outgoing requests";
    private const string Address = "ADDRESS:PORT|off", File = "FILE", Duration = "DURATION", Size = "SIZE", Count = "NUMBER";
    private const string AddressRemedy = "Write an IP address and a port, such as 127.0.0.1:5000 or [::1]:5000, or off.";
    private const string DurationRemedy = "Write a number with ms, s, m, h or d, such as 30s, 10m or 24h.";
    private const string PairRemedy = "Name a readable PEM file, or leave out both tls-cert and tls-key.";
    private const string SizeRemedy = "Write a number of bytes, or one with KiB, MiB or GiB, such as 128MiB.";
    private const string NetworkRemedy = "Write addresses and networks such as 10.1.0.7, 10.1.0.0/16 or fd00:1::/64, separated by commas.";
    private const string CountRemedy = "Write a whole number above zero.";

    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new(Data, "data", "DIR", "Where everything is kept.", "Name a folder that the server may write to.",
            (s, v) => s with { Data = Parent(v) }, s => s.Data) { IsPath = true, ForCommands = true },
        new(Data, "key-file", File, "The key-encryption key.", "Name a file; it is created when the data directory is new.",
            (s, v) => s with { KeyFile = v }, s => s.KeyFile)
            { IsPath = true, ForCommands = true, DefaultText = "keys/service.key in the data directory" },
        new(Data, "key-stores", File, "A JSON file that names key stores of customers' keys, and who may use which.",
            "Name a readable file; docs/encryption.md has one for each kind of key store.",
            (s, v) => s with { KeyStores = v }, s => Or(s.KeyStores, "none")) { IsPath = true, ForCommands = true },
        new(Data, "key-check", Duration, "Time between two questions whether customers' keys may still be used.", DurationRemedy,
            (s, v) => s with { KeyCheck = Durations.ParsePositive(v) }, s => Durations.Format(s.KeyCheck)),
        new(Data, "key-follow", Duration, "Time between two questions for new versions of keys.", DurationRemedy,
            (s, v) => s with { KeyFollow = Durations.ParsePositive(v) }, s => Durations.Format(s.KeyFollow)),
        new(Data, "key-grace", Duration, "How long keys in memory are used while their key store gives no answer.", DurationRemedy,
            (s, v) => s with { KeyGrace = Durations.Parse(v) }, s => Durations.Format(s.KeyGrace)),
        new(Data, "reencrypt-rate", Size, "Bytes a second that are encrypted anew when a root key is exchanged; 0: as fast as it can.", SizeRemedy,
            (s, v) => s with { ReencryptRate = ByteSize.Parse(v) }, s => ByteSize.Format(s.ReencryptRate)),
        new(Data, "installation", "ID", "Refuse a data directory of any other installation.",
            "Write the id in the installation.json of the volume that belongs here.",
            (s, v) => s with { Installation = Identifier(v) }, s => Or(s.Installation?.ToString("D"), "any")) { ForCommands = true },
        new(Data, "min-free-space", Size, "Refuse pushes when the volume has less room than this.", SizeRemedy,
            (s, v) => s with { MinFreeSpaceBytes = ByteSize.Parse(v) }, s => ByteSize.Format(s.MinFreeSpaceBytes)),

        new(Listening, "http", Address, "Plain HTTP.", AddressRemedy,
            (s, v) => s with { Http = Endpoint(v) }, s => Or(s.Http, "off")),
        new(Listening, "https", Address, "HTTPS.", AddressRemedy,
            (s, v) => s with { Https = Endpoint(v) }, s => Or(s.Https, "off")),
        new(Listening, "ops", Address, "Health and metrics, without signing in.", AddressRemedy,
            (s, v) => s with { Ops = Endpoint(v) }, s => Or(s.Ops, "off")),
        new(Listening, "tls-cert", File, "PEM certificate with its intermediates; reloaded when it changes.", PairRemedy,
            (s, v) => s with { TlsCert = v }, s => Or(s.TlsCert, "local CA")) { IsPath = true },
        new(Listening, "tls-key", File, "PEM private key of tls-cert.", PairRemedy,
            (s, v) => s with { TlsKey = v }, s => Or(s.TlsKey, "local CA")) { IsPath = true },
        new(Listening, "client-ca", File, "PEM authorities: clients of https must have a certificate of one.", "Name a readable PEM file of certificate authorities.",
            (s, v) => s with { ClientCa = v }, s => Or(s.ClientCa, "none")) { IsPath = true },
        new(Listening, "client-crl", File, "Revocation lists of client-ca, PEM or DER; reloaded when they change.", "Name a readable file of revocation lists.",
            (s, v) => s with { ClientCrl = v }, s => Or(s.ClientCrl, "none")) { IsPath = true },
        new(Listening, "allow-plaintext", "true|false", "Allow http and ops on addresses that other machines reach.", "Write true or false.",
            (s, v) => s with { AllowPlaintext = Switch(v) }, s => s.AllowPlaintext ? "true" : "false") { IsSwitch = true },
        new(Listening, "domain", "NAME", "What registries' own hosts are below: each answers to NAME.DOMAIN.",
            "Write a host name without scheme and port, such as registry.example.",
            (s, v) => s with { Domain = HostName(v) }, s => s.Domain),
        new(Listening, "hosts", "NAME,...", "Names the server answers to, beside localhost, machine name and listen addresses; * is any.",
            "Write host names without scheme and port, separated by commas.",
            (s, v) => s with { Hosts = HostNames(v) }, s => Or(string.Join(',', s.Hosts), "none")) { DefaultText = "none" },

        new(Private, "private-listeners", "NAME=ADDRESS:PORT,...", "Further HTTPS listeners, by which private endpoints lead.", "Write a name and an address for each, such as vpn=10.8.0.1:443, separated by commas.",
            (s, v) => s with { PrivateListeners = PrivateListeners(v) }, s => Or(string.Join(',', s.PrivateListeners), "none")) { DefaultText = "none" },
        new(Private, "private-networks", "NAME=NETWORK,...", "Networks that a private listener's clients are in: makes it a subnet for az.", "Write a listener's name and a network for each, such as vpn=10.8.0.0/24,vpn=fd00:8::/64, separated by commas.",
            (s, v) => s with { PrivateNetworks = NamedNetworks(v) }, s => Or(Text(s.PrivateNetworks), "none")) { DefaultText = "none" },
        new(Private, "private-client-ca", "NAME=FILE,...", "PEM authorities whose certificates the clients of a private listener must have.", "Write a listener's name and an absolute path for each, such as vpn=/etc/breakwater/clients.pem, separated by commas.",
            (s, v) => s with { PrivateClientCa = NamedFiles(v) }, s => Or(Text(s.PrivateClientCa), "none")) { DefaultText = "none" },
        new(Private, "private-client-crl", "NAME=FILE,...", "Revocation lists of those authorities, PEM or DER; reloaded when they change.", "Write a listener's name and an absolute path for each, such as vpn=/etc/breakwater/clients.crl, separated by commas.",
            (s, v) => s with { PrivateClientCrl = NamedFiles(v) }, s => Or(Text(s.PrivateClientCrl), "none")) { DefaultText = "none" },

        new(Proxies, "trusted-proxies", "NETWORK,...", "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.", NetworkRemedy,
            (s, v) => s with { TrustedProxies = Addresses(v) }, s => Or(string.Join(',', s.TrustedProxies), "none")) { DefaultText = "none" },
        new(Proxies, "proxy-hops", Count, "Most of them that a request passes.", CountRemedy,
            (s, v) => s with { ProxyHops = Positive(v) }, s => Text(s.ProxyHops)),
        new(Proxies, "proxy-protocol", "NETWORK,...", "Proxies whose connections begin with a PROXY header, version 2.", NetworkRemedy,
            (s, v) => s with { ProxyProtocol = Addresses(v) }, s => Or(string.Join(',', s.ProxyProtocol), "none")) { DefaultText = "none" },

        new(Owner, "owner-password", "TEXT", "The owner's password; at a later start it replaces the old one.",
            "Set the variable to at least 12 characters, or leave it out.",
            (s, v) => s with { OwnerPassword = new(v) }, s => s.OwnerPassword is null ? "generated" : "***")
            { IsSecret = true, EnvironmentOnly = true, DefaultText = "generated, shown once" },
        new(Owner, "owner-password-file", File, "A file with the owner's password; at a later start it replaces the old one.",
            "Name a readable file with the password in it.",
            (s, v) => s with { OwnerPasswordFile = v }, s => Or(s.OwnerPasswordFile, "none")) { IsPath = true },
        new(Owner, "trusted-issuers", File, "A JSON file that names other OpenID Connect issuers whose tokens are believed.",
            "Name a readable file, for instance [{\"issuer\": \"https://token.actions.githubusercontent.com\"}].",
            (s, v) => s with { TrustedIssuers = v }, s => Or(s.TrustedIssuers, "none")) { IsPath = true },
        new(Owner, "login-failures-per-source", Count, "Failed logins a minute from one address before 429.", CountRemedy,
            (s, v) => s with { LoginFailuresPerSource = Positive(v) }, s => Text(s.LoginFailuresPerSource)),
        new(Owner, "login-failures-per-name", Count, "Failed logins a minute of one user before 429.", CountRemedy,
            (s, v) => s with { LoginFailuresPerName = Positive(v) }, s => Text(s.LoginFailuresPerName)),
        new(Owner, "login-failures-per-name-and-source", Count, "The same for one user from one address.", CountRemedy,
            (s, v) => s with { LoginFailuresPerNameAndSource = Positive(v) }, s => Text(s.LoginFailuresPerNameAndSource)),

        new(Outgoing, "webhook-allow", "NETWORK,...", "Networks that webhooks may be sent to, beside the public Internet.",
            "Write networks such as 10.1.0.0/16 or fd00:1::/64, separated by commas.",
            (s, v) => s with { WebhookAllow = Networks(v) }, s => Or(string.Join(',', s.WebhookAllow), "none")) { DefaultText = "none" },
        new(Outgoing, "import-allow", "NETWORK,...", "Networks that images may be imported from, beside the public Internet.",
            "Write networks such as 10.1.0.0/16 or fd00:1::/64, separated by commas.",
            (s, v) => s with { ImportAllow = Networks(v) }, s => Or(string.Join(',', s.ImportAllow), "none")) { DefaultText = "none" },
        new(Outgoing, "import-ca", File, "PEM certificate authorities to trust when importing, beside the machine's.", "Name a readable PEM file.",
            (s, v) => s with { ImportCa = v }, s => Or(s.ImportCa, "none")) { IsPath = true },

        new(Outgoing, "key-allow", "NETWORK,...", "Networks that key stores may be in, beside the public Internet.",
            "Write networks such as 10.1.0.0/16 or fd00:1::/64, separated by commas.",
            (s, v) => s with { KeyAllow = Networks(v) }, s => Or(string.Join(',', s.KeyAllow), "none")) { DefaultText = "none", ForCommands = true },

        new(Cleanup, "registry-recovery", Duration, "How long a deleted registry can be recovered before its keys are destroyed.", DurationRemedy,
            (s, v) => s with { RegistryRecovery = Durations.Parse(v) }, s => Durations.Format(s.RegistryRecovery)),
        new(Cleanup, "gc-interval", Duration, "Time between two passes.", DurationRemedy,
            (s, v) => s with { GcInterval = Durations.ParsePositive(v) }, s => Durations.Format(s.GcInterval)),
        new(Cleanup, "gc-lease", Duration, "How long pushed content stays without a reference.", DurationRemedy,
            (s, v) => s with { GcLease = Durations.ParsePositive(v) }, s => Durations.Format(s.GcLease)),
        new(Cleanup, "gc-file-delay", Duration, "How long a file stays after its row is gone.", DurationRemedy,
            (s, v) => s with { GcFileDelay = Durations.Parse(v) }, s => Durations.Format(s.GcFileDelay)),

        new(Limits, "tier-limits", File, "A JSON file with limits of the tiers that differ from Azure's.",
            "Name a readable file, for instance {\"Basic\": {\"maxBytes\": 107374182400, \"reads\": {\"perIdentity\": null}}}.",
            (s, v) => s with { TierLimits = v }, s => Or(s.TierLimits, "none")) { IsPath = true },
        new(Limits, "max-connections", Count, "Most connections at once.", CountRemedy,
            (s, v) => s with { MaxConnections = Positive(v) }, s => s.MaxConnections is { } most ? Text(most) : "automatic")
            { DefaultText = "from the descriptor limit" },
        new(Limits, "content-cache", Size, "Memory for content that is read often.", SizeRemedy,
            (s, v) => s with { ContentCacheBytes = ByteSize.Parse(v) }, s => ByteSize.Format(s.ContentCacheBytes)),
        new(Limits, "shutdown-grace", Duration, "How long transfers may go on after SIGTERM.", DurationRemedy,
            (s, v) => s with { ShutdownGrace = Durations.Parse(v) }, s => Durations.Format(s.ShutdownGrace)),

        new(Telemetry, "log-level", "LEVEL", "trace, debug, information, warning, error, critical or none.",
            "Write one of trace, debug, information, warning, error, critical, none.",
            (s, v) => s with { LogLevel = Choice<LogLevel>(v) }, s => Choice(s.LogLevel)) { ForCommands = true },
        new(Telemetry, "log-format", "text|json", "Log lines for people or for machines.", "Write text or json.",
            (s, v) => s with { LogFormat = Choice<LogFormat>(v) }, s => Choice(s.LogFormat)) { ForCommands = true },
        new(Telemetry, "audit-retention", Duration, "How long audit records are kept.", DurationRemedy,
            (s, v) => s with { AuditRetention = Durations.ParsePositive(v) }, s => Durations.Format(s.AuditRetention)),
        new(Telemetry, "audit-max-records", Count, "Most audit records; the oldest go first.", CountRemedy,
            (s, v) => s with { AuditMaxRecords = Positive(v) }, s => Text(s.AuditMaxRecords)),
        new(Telemetry, "otlp-endpoint", "URL", "Send traces, metrics and audit records to this collector (4318: HTTP, other ports: gRPC).",
            "Write an http or https URL, such as http://127.0.0.1:4317.",
            (s, v) => s with { OtlpEndpoint = Url(v) }, s => Or(s.OtlpEndpoint, "none")),
    ];

    private static readonly Dictionary<string, SettingKey> ByName = All.ToDictionary(key => key.Name, StringComparer.Ordinal);
    private static readonly Dictionary<string, SettingKey> ByVariable = All.ToDictionary(key => key.Variable, StringComparer.Ordinal);

    public static SettingKey? Find(string name) => ByName.GetValueOrDefault(name);

    public static SettingKey? FindVariable(string variable) => ByVariable.GetValueOrDefault(variable);
}
