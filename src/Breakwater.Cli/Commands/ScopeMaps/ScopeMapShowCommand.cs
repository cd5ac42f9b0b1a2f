using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.ScopeMaps;

/// <summary><c>breakwater scope-map show</c></summary>
internal sealed class ScopeMapShowCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The scope map.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();

    public ScopeMapShowCommand()
        : base("show", "Show a scope map.")
    {
        name.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await (await call.RegistryAsync(registry)).ScopeMaps.GetAsync(name.In(call), call.Stop), ScopeMapColumns.Item);
}
