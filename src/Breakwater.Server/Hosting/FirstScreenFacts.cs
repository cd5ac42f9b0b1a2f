using Breakwater.Core.PrivateEndpoints;

namespace Breakwater.Server.Hosting;

/// <summary>What the first screen tells.</summary>
internal sealed record FirstScreenFacts
{
    public required string Version { get; init; }

    public required string RegistryName { get; init; }

    public required string DataDirectory { get; init; }

    /// <summary>Host and port of plain HTTP as this machine reaches it; null when off.</summary>
    public string? Http { get; init; }

    /// <summary>Host and port of HTTPS; null when off.</summary>
    public string? Https { get; init; }

    /// <summary>The private listeners.</summary>
    public IReadOnlyList<PrivateListener> Private { get; init; } = [];

    /// <summary>Host and port of health and metrics; null when off.</summary>
    public string? Operations { get; init; }

    /// <summary>The generated password, at the first start only; null otherwise.</summary>
    public string? GeneratedPassword { get; init; }

    /// <summary>Where the password came from or how to set another, when none is shown.</summary>
    public required string PasswordNote { get; init; }

    /// <summary>The local CA's certificate; null when the operator brought a certificate.</summary>
    public string? AuthorityFile { get; init; }
}
