using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Services;

/// <summary><c>breakwater service-principal create</c></summary>
internal sealed class ServiceCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "What people call it.", "--display-name", "--name", "-n");
    private readonly Option<bool> noSecret = new("--no-secret") { Description = "Make no secret: it will sign in with tokens of another issuer, or a certificate." };
    private readonly Option<int?> days = new("--expiration-in-days") { Description = "Until when the secret is good. Default: a year.", HelpName = "DAYS" };

    public ServiceCreateCommand()
        : base("create", "Create a service principal, and show its secret.")
    {
        name.AddTo(this);
        Add(noSecret);
        Add(days);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (services, end) = (call.Connection.Directory.ServicePrincipals, Expiry.InDays(call, call.Value(days), "--expiration-in-days"));
        var made = await services.CreateAsync(name.In(call), call.Stop);
        return call.Value(noSecret)
            ? Answer.Item(made, ServiceColumns.Item)
            : SecretAnswer.Of(made, await services.AddSecretAsync(made.Id, "cli", end, call.Stop));
    }
}
