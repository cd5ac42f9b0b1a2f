namespace Breakwater.Client.SignIn;

/// <summary>A sign-in as it is kept between two runs. No password and no secret is part of it: only what they were exchanged for.</summary>
public sealed record SignInState
{
    public required AccountKind Kind { get; init; }

    /// <summary>The user's name, or the application id.</summary>
    public required string Account { get; init; }

    /// <summary>Of a person: for a day from its last use, 90 days at most.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Access tokens by audience; an hour each.</summary>
    public Dictionary<Audience, HeldToken> Access { get; init; } = [];

    /// <summary>Registries' refresh tokens by login server; three hours each.</summary>
    public Dictionary<string, HeldToken> Registries { get; init; } = [];

    public override string ToString() => $"{Kind} {Account}";
}
