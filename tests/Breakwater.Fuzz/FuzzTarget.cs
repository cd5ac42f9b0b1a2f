using Breakwater.Fuzz.Targets;

namespace Breakwater.Fuzz;

/// <summary>Something that reads what anybody may send. It must never throw, and never say anything else than a slow reading of the same would.</summary>
/// <param name="Name">Also the folder of its corpus.</param>
/// <param name="Words">What its language is made of: mutations put them in.</param>
internal sealed record FuzzTarget(string Name, FuzzTarget.Body Run, params string[] Words)
{
    /// <summary>One input.</summary>
    /// <exception cref="OracleException">It was read as something else than the oracle says.</exception>
    internal delegate void Body(ReadOnlySpan<byte> input);

    public static readonly IReadOnlyList<FuzzTarget> All =
    [
        new("jwt-header", JwtHeaderTarget.Run, """{"alg":"ES256","typ":"at+jwt","kid":"k"}""", "\"alg\"", "\"kid\"", "\"typ\"", "\"jwk\"", "null", "\\u0061", "ES256", "none", ",", "}", "{", "[]", "\"", ":", "at+jwt"),
        new("token-claims", TokenClaimsTarget.Run, "\"access\"", "\"repository\"", "\"registry\"", "\"catalog\"", "null", "[]", "{}", "9223372036854775807", "-1", "1e400", "\"sid\"", ",", "\\ud800"),
        new("foreign-token", ForeignTokenTarget.Run, ".", "..", "eyJ", "e30", "=", "eyJhbGciOiJSUzI1NiJ9", "eyJpc3MiOiJhIiwic3ViIjoiYiJ9"),
        new("scope", ScopeTarget.Run, "repository:", "registry:catalog:*", ":", ",", "pull", "push", "*", "metadata_read", "sign", "/", " "),
        new("basic", BasicTarget.Run, ":", "\0", "é", "owner", "\uFFFD"),
        new("condition", ConditionTarget.Run, "(", ")", "!", " AND ", " OR ", "ActionMatches{'", "'}", "@Request[Microsoft.ContainerRegistry/registries/repositories:name]", "StringEquals", "StringStartsWith", "StringNotLike", "ForAnyOfAnyValues:", "'", "''", "{", "}", ",", "*", "?", "\\"),
        new("path", PathTarget.Run, "/v2/", "/acr/v1/", "%2F", "%3A", "%252F", "..", "//", "~", "manifests/", "blobs/uploads/", "tags/list", "_tags/", "_manifests/", "referrers/", "sha256:", "/"),
        new("proxy-header", ProxyHeaderTarget.Run, "\r\n\r\n\0\r\nQUIT\n", "!", "\u0011", "\0\f", "\0$", "\0\0"),
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
