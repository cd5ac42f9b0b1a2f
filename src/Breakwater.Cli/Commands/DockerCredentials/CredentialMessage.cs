using System.Text.Json.Serialization;

namespace Breakwater.Cli.Commands.DockerCredentials;

/// <summary>What docker and a helper tell each other. https://github.com/docker/docker-credential-helpers#development</summary>
internal sealed record CredentialMessage(
    [property: JsonPropertyName("ServerURL")] string? ServerUrl, [property: JsonPropertyName("Username")] string? Username, [property: JsonPropertyName("Secret")] string? Secret)
{
    public override string ToString() => $"{ServerUrl} {Username}";
}
