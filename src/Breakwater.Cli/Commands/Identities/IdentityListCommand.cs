using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Identities;

/// <summary><c>breakwater identity list</c></summary>
internal sealed class IdentityListCommand : CliCommand
{
    private readonly Option<int?> top = TopOption.Create();

    public IdentityListCommand()
        : base("list", "List the managed identities.") => Add(top);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await call.Connection.Management.Identities.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), IdentityColumns.Identity);
}
