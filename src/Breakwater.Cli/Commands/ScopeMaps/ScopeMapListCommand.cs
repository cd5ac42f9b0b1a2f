using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.ScopeMaps;

/// <summary><c>breakwater scope-map list</c></summary>
internal sealed class ScopeMapListCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<int?> top = TopOption.Create();

    public ScopeMapListCommand()
        : base("list", "List the scope maps of a registry.")
    {
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await (await call.RegistryAsync(registry)).ScopeMaps.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), ScopeMapColumns.List);
}
