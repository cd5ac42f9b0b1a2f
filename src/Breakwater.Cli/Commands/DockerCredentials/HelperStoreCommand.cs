using System.Text.Json;
using Breakwater.Cli.Output;
using Breakwater.Cli.Profiles;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;

namespace Breakwater.Cli.Commands.DockerCredentials;

/// <summary>
/// <c>docker-credential-breakwater store</c>: what <c>docker login</c> ends with. The credentials sign in, and what they were exchanged for is kept; they are not.
/// </summary>
internal sealed class HelperStoreCommand() : HelperCommand("store", "Take credentials from docker: sign in with them. They come on standard input.")
{
    protected override async Task<Answer> AnswerAsync(Invocation call)
    {
        var message = Read(await call.Around.Input.ReadToEndAsync(call.Stop));
        if (HelperProfile.Find(call, message.ServerUrl ?? "") is not { } found)
            throw new BreakwaterException(ErrorKind.NotSignedIn, $"Nothing is known of {message.ServerUrl}.", "Sign in with 'breakwater login' first, which also asks for its certificate.");
        // docker gives back what it got from us. Another token would be somebody else's beside this sign-in.
        if (message.Username == HelperProfile.TokenUser)
            return found.Profile.SignIn.Registries.Values.Any(token => token.Value == message.Secret) ? Answer.Text("") : throw new BreakwaterException(ErrorKind.Invalid, "A registry's own token cannot be kept here.", "Sign in with 'breakwater login', and docker needs no login.");
        using var connection = new Connection(found.Profile, call.Around, keeper: null);
        var (issuer, isService) = (new IssuerClient(connection.Channel, connection.Server, call.Around.Clock), Guid.TryParse(message.Username, out _));
        var tokens = isService
            ? await issuer.WithSecretAsync(message.Username!, message.Secret!, Audience.Registry, call.Stop)
            : await issuer.WithPasswordAsync(message.Username!, message.Secret!, Audience.Registry, call.Stop);
        var state = new SignInState { Kind = isService ? AccountKind.ServicePrincipal : AccountKind.User, Account = message.Username!, RefreshToken = tokens.Refresh, Access = { [Audience.Registry] = tokens.Access } };
        await call.Profiles.SaveAsync(found.Name, found.Profile with { SignIn = state, SecretFile = null, FederatedTokenFile = null }, call.Stop);
        return Answer.Text("");
    }

    private static CredentialMessage Read(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<CredentialMessage>(text) is { ServerUrl.Length: > 0, Username.Length: > 0, Secret.Length: > 0 } message)
                return message;
        }
        catch (JsonException)
        {
            // The same as one that lacks something.
        }
        throw new BreakwaterException(ErrorKind.Invalid, "Standard input holds no credentials.", "docker sends {\"ServerURL\",\"Username\",\"Secret\"}.");
    }
}
