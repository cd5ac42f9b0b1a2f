using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Services;

/// <summary><c>breakwater service-principal show</c></summary>
internal sealed class ServiceShowCommand : CliCommand
{
    private readonly Subject service = ServiceSubject.Create();

    public ServiceShowCommand()
        : base("show", "Show a service principal.") => service.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) => Answer.Item(await call.Connection.Directory.ServicePrincipals.FindAsync(service.In(call), call.Stop), ServiceColumns.Item);
}
