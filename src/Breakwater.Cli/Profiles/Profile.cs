using Breakwater.Client.SignIn;

namespace Breakwater.Cli.Profiles;

/// <summary>A sign-in on disk, as JSON: <c>NAME.json</c> in the folder of configuration, for its owner alone.</summary>
internal sealed record Profile
{
    /// <summary>Scheme, host and port.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The installation's id.</summary>
    public required string Tenant { get; init; }

    /// <summary>Certificate authorities to trust instead of the machine's; null for the machine's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Whoever signed in said that http is fine.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>Where a service principal's secret is read from again when its token has ended.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Where another issuer's token is read from again.</summary>
    public string? FederatedTokenFile { get; init; }

    public required SignInState SignIn { get; init; }
}
