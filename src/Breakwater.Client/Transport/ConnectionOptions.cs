namespace Breakwater.Client.Transport;

/// <summary>How servers are reached.</summary>
public sealed record ConnectionOptions
{
    /// <summary>A file with the certificate authorities (PEM) to trust, instead of the machine's. Default: the machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Credentials may be sent over http to other machines. Default: false, to this machine only.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>How long one request may take until its answer begins. Default: 100 s, as .NET's own.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>What the server's log calls the program.</summary>
    public string Product { get; init; } = "breakwater-client";
}
