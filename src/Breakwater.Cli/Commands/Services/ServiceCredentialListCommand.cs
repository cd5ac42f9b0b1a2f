using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Services;

/// <summary><c>breakwater service-principal credential list</c></summary>
internal sealed class ServiceCredentialListCommand : CliCommand
{
    private readonly Subject service = ServiceSubject.Create();

    public ServiceCredentialListCommand()
        : base("list", "List the secrets of a service principal, without their values.") => service.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List((await call.Connection.Directory.ServicePrincipals.FindAsync(service.In(call), call.Stop)).PasswordCredentials ?? [], ServiceColumns.Secret);
}
