using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Profiles;
using Breakwater.Cli.Running;
using Breakwater.Client;
using Breakwater.Client.Errors;
using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Commands.SigningIn;

/// <summary><c>breakwater login</c>: proves who one is, and keeps what that was exchanged for.</summary>
internal sealed class LoginCommand : CliCommand
{
    public const string UserVariable = "BREAKWATER_CLI_USERNAME";

    private readonly Argument<string?> server = new("SERVER") { Description = "The server's address, such as localhost:5443. Default: the one of the last sign-in.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> username = new("--username", "-u") { Description = $"A user's name, or an application id. Else {UserVariable}.", HelpName = "NAME" };
    private readonly SecretOptions password = new("password");
    private readonly Option<bool> service = new("--service-principal") { Description = "Sign in a service principal with one of its secrets." };
    private readonly Option<bool> device = new("--device-code", "--use-device-code") { Description = "Sign in with the browser of any machine." };
    private readonly Option<string?> federated = new("--federated-token-file") { Description = "Sign in a service principal with a token of another issuer.", HelpName = "FILE" };
    private readonly Option<string?> caFile = new("--ca-file") { Description = "Trust these certificate authorities (PEM) instead of the machine's.", HelpName = "FILE" };
    private readonly Option<bool> plainHttp = new("--plain-http") { Description = "Send credentials over http to other machines too. Everybody in between can read them." };

    public LoginCommand()
        : base("login", "Sign in to a server.")
    {
        Add(server);
        Add(username);
        password.AddTo(this);
        foreach (var option in new Option[] { service, device, federated, caFile, plainHttp })
            Add(option);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var old = FindOld(call);
        var address = AddressOf(call, old);
        var isSame = old?.Endpoint == address.ToString();
        var ca = call.Value(caFile) is { } file ? Path.GetFullPath(file) : isSame ? old!.CaFile : null;
        var http = call.Value(plainHttp) || (isSame && old!.PlainHttp);
        using var channel = new HttpChannel(Connection.OptionsOf(ca, http), call.Around.Clock);
        var info = await ServerInfo.GetAsync(channel, address, call.Stop);
        var (kind, account, tokens) = await ProveAsync(call, new IssuerClient(channel, address, call.Around.Clock));
        await call.Profiles.SaveAsync(call.ProfileName, new Profile
        {
            Endpoint = address.ToString(),
            Tenant = info.Tenant,
            CaFile = ca,
            PlainHttp = http,
            SecretFile = kind == AccountKind.ServicePrincipal ? password.FileIn(call) : null,
            FederatedTokenFile = call.Value(federated) is { } token ? Path.GetFullPath(token) : null,
            SignIn = new SignInState { Kind = kind, Account = account, RefreshToken = tokens.Refresh, Access = { [Audience.Management] = tokens.Access } },
        }, call.Stop);
        return Answer.Item(new { endpoint = address.ToString(), account, kind = kind.ToString(), tenant = info.Tenant, profile = call.ProfileName },
            new("Server", "endpoint"), new("Account", "account"), new("Profile", "profile"))
            with
        { Message = kind == AccountKind.User || password.FileIn(call) is not null ? "Signed in." : "Signed in. Tokens of a service principal last an hour; its secret is not kept." };
    }

    private static Profile? FindOld(Invocation call)
    {
        try
        {
            return call.Profiles.Find(call.ProfileName);
        }
        catch (BreakwaterException e) when (e.Kind == ErrorKind.Failed)
        {
            // A broken one is what signing in again mends.
            return null;
        }
    }

    private ServerAddress AddressOf(Invocation call, Profile? old)
    {
        var text = call.Value(server) ?? old?.Endpoint ?? throw new BreakwaterException(ErrorKind.Invalid, "SERVER is missing.", "Name the server's address, such as localhost:5443.");
        return ServerAddress.TryParse(text, out var address)
            ? address
            : throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' is no server's address.", "Give host and port, such as localhost:5443 or http://localhost:5000, and nothing after them.");
    }

    private async Task<(AccountKind Kind, string Account, IssuedTokens Tokens)> ProveAsync(Invocation call, IssuerClient issuer)
    {
        if (new[] { call.Value(service), call.Value(device), call.Value(federated) is not null }.Count(way => way) > 1)
            throw new BreakwaterException(ErrorKind.Invalid, "--service-principal, --device-code and --federated-token-file are three ways to sign in.", "Give one of them, or none to sign in with a user's password.");
        if ((call.Value(device) && (call.Value(username) is not null || password.IsGiven(call))) || (call.Value(federated) is not null && password.IsGiven(call)))
            throw new BreakwaterException(ErrorKind.Invalid, "More is given than this way to sign in takes.", "With --device-code the name is entered in the browser; with --federated-token-file there is no password.");
        if (call.Value(device))
            return await DeviceSignIn.RunAsync(call, issuer);
        var name = NameOf(call);
        if (call.Value(federated) is { } file)
            return (AccountKind.ServicePrincipal, name, await issuer.WithAssertionAsync(name, await ReadAsync(file, call.Stop), Audience.Management, call.Stop));
        var secret = password.Read(call);
        return call.Value(service)
            ? (AccountKind.ServicePrincipal, name, await issuer.WithSecretAsync(name, secret, Audience.Management, call.Stop))
            : (AccountKind.User, name, await issuer.WithPasswordAsync(name, secret, Audience.Management, call.Stop));
    }

    private string NameOf(Invocation call)
    {
        if ((call.Value(username) ?? call.Around.Variable(UserVariable)) is { Length: > 0 } name)
            return name;
        if (!call.Around.AsksPerson || password.IsGiven(call))
            throw new BreakwaterException(ErrorKind.Invalid, "--username is missing, and there is nobody to ask.", "Name the user, or the application id of the service principal.");
        call.Around.Error.Write(call.Value(service) ? "Application id: " : "Username: ");
        return call.Around.Input.ReadLine()?.Trim() is { Length: > 0 } typed ? typed : throw new BreakwaterException(ErrorKind.Invalid, "The name is empty.");
    }

    private static async Task<string> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, stop)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BreakwaterException(ErrorKind.Invalid, $"The token cannot be read from {file}: {e.Message}", null, e);
        }
    }
}
