using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.ScopeMaps;

/// <summary><c>breakwater scope-map delete</c></summary>
internal sealed class ScopeMapDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The scope map.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<bool> yes = YesOption.Create();

    public ScopeMapDeleteCommand()
        : base("delete", "Delete a scope map.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (map, client) = (name.In(call), await call.RegistryAsync(registry));
        call.Confirm($"Delete the scope map {map}?", yes);
        return Deletion.Of($"the scope map {map}", await client.ScopeMaps.DeleteAsync(map, call.Stop));
    }
}
