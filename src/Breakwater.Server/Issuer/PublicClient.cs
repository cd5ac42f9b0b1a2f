namespace Breakwater.Server.Issuer;

/// <summary>A program on a person's machine, which can keep no secret of its own.</summary>
/// <param name="Name">What the person reads who signs in with it.</param>
internal sealed record PublicClient(string Id, string Name)
{
    /// <summary>The tools that Microsoft registers in every tenant, by their published ids.</summary>
    private static readonly PublicClient[] All =
    [
        new("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Azure CLI"),
        new("1950a258-227b-4e31-a9cf-717495945fc2", "Azure PowerShell"),
        new("aebc6443-996d-45c2-90f0-388ff96faa56", "Visual Studio Code"),
    ];

    /// <summary>What a request of any other program is told.</summary>
    public const string Unknown = "The client is not known here, or must not sign people in.";

    public static PublicClient? Find(string? id) => Array.Find(All, client => client.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>RFC 8252 section 7.3: programs on a person's machine listen on the loopback interface, on any port.</summary>
    public static bool IsRedirectUri(string? uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && parsed is { Scheme: "http", UserInfo: "", Fragment: "" }
        && parsed.Host is "localhost" or "127.0.0.1" or "[::1]";
}
