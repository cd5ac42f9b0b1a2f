using System.Text.Json;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Commands.DockerCredentials;

/// <summary><c>docker-credential-breakwater list</c></summary>
internal sealed class HelperListCommand() : HelperCommand("list", "Tell docker for which registries there are credentials.")
{
    protected override Task<Answer> AnswerAsync(Invocation call)
    {
        var servers = call.Profiles.All().Select(pair => ServerAddress.TryParse(pair.Profile.Endpoint, out var address) ? address.Authority : null).OfType<string>();
        return Task.FromResult(Answer.Text(JsonSerializer.Serialize(servers.Distinct().ToDictionary(server => server, _ => HelperProfile.TokenUser)) + "\n"));
    }
}
