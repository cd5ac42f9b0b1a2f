using System.Text.Json;
using Breakwater.Cli.Output;
using Breakwater.Cli.Profiles;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.DockerCredentials;

/// <summary><c>docker-credential-breakwater get</c>: a registry's refresh token, fresh where the kept one has ended.</summary>
internal sealed class HelperGetCommand() : HelperCommand("get", "Give docker the credentials of a registry. The registry comes on standard input.")
{
    // The helpers' own words, by which docker knows that there are none and goes on without.
    private const string NotFound = "credentials not found in native keychain\n";

    protected override async Task<Answer> AnswerAsync(Invocation call)
    {
        var server = (await call.Around.Input.ReadToEndAsync(call.Stop)).Trim();
        if (HelperProfile.Find(call, server) is not { } found)
            return Answer.Text(NotFound) with { ExitCode = ExitCodes.Failed };
        using var connection = new Connection(found.Profile, call.Around, new ProfileKeeper(call.Profiles, found.Name, found.Profile));
        var token = await connection.ContentOf(connection.Server).Tokens.GetRefreshAsync(call.Stop);
        return Answer.Text(JsonSerializer.Serialize(new CredentialMessage(server, HelperProfile.TokenUser, token)) + "\n");
    }
}
