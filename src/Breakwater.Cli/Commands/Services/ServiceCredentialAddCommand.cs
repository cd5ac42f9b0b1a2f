using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Services;

/// <summary><c>breakwater service-principal credential add</c></summary>
internal sealed class ServiceCredentialAddCommand : CliCommand
{
    private readonly Subject service = ServiceSubject.Create();
    private readonly Option<string?> name = new("--display-name") { Description = "What it is for.", HelpName = "TEXT" };
    private readonly Option<int?> days = new("--expiration-in-days") { Description = "Until when it is good. Default: a year.", HelpName = "DAYS" };

    public ServiceCredentialAddCommand()
        : base("add", "Make another secret of a service principal, and show it.")
    {
        service.AddTo(this);
        Add(name);
        Add(days);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var end = Expiry.InDays(call, call.Value(days), "--expiration-in-days");
        var found = await call.Connection.Directory.ServicePrincipals.FindAsync(service.In(call), call.Stop);
        return SecretAnswer.Of(found, await call.Connection.Directory.ServicePrincipals.AddSecretAsync(found.Id, call.Value(name) ?? "cli", end, call.Stop));
    }
}
