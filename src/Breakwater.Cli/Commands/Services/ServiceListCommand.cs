using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Services;

/// <summary><c>breakwater service-principal list</c></summary>
internal sealed class ServiceListCommand : CliCommand
{
    private readonly Option<int?> top = TopOption.Create();

    public ServiceListCommand()
        : base("list", "List the service principals.") => Add(top);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Directory.ServicePrincipals.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), ServiceColumns.List);
}
