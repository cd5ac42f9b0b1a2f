namespace Breakwater.Testing.Hosting;

/// <summary>How a server is started for a test.</summary>
public sealed record ServerOptions
{
    /// <summary>The data directory; made when absent.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Listen with TLS as well. Default: off, since most tests need only HTTP.</summary>
    public bool Https { get; init; }

    /// <summary>A file of tiers' limits. Default: none of them, since a tier's requests per minute are fewer than a test under load sends.</summary>
    public string? TierLimits { get; init; }

    /// <summary>Where TLS is spoken, with brackets around IPv6. Default: 127.0.0.1.</summary>
    public string HttpsAddress { get; init; } = "127.0.0.1";

    /// <summary>Further flags, after the ones that this harness sets.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Further environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Shell commands that run in the server's process before it, such as <c>ulimit -n 256</c>. Default: none.</summary>
    public string? ShellPrelude { get; init; }

    /// <summary>How long the server may take until it is ready. Default: 30 s, as the machine may be busy.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The settings that make clean-up happen within a test.</summary>
    public static IReadOnlyList<string> QuickCleanUp { get; } = ["--gc-interval", "1s", "--gc-lease", "2s", "--gc-file-delay", "1s"];
}
