using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Services;

/// <summary><c>breakwater service-principal delete</c></summary>
internal sealed class ServiceDeleteCommand : CliCommand
{
    private readonly Subject service = ServiceSubject.Create();
    private readonly Option<bool> yes = YesOption.Create();

    public ServiceDeleteCommand()
        : base("delete", "Delete a service principal, with its secrets and roles.")
    {
        service.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await call.Connection.Directory.ServicePrincipals.FindAsync(service.In(call), call.Stop);
        call.Confirm($"Delete the service principal {found.DisplayName}?", yes);
        await call.Connection.Directory.ServicePrincipals.DeleteAsync(found.Id, call.Stop);
        return Answer.Done($"Deleted the service principal {found.DisplayName}.");
    }
}
