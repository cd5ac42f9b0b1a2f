using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry purge</c>. Content of a registry that is there goes by <c>breakwater purge</c>.</summary>
internal sealed class RegistryPurgeCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The deleted registry.", "--name", "-n");
    private readonly GroupOption group = new();
    private readonly Option<bool> yes = YesOption.Create();

    public RegistryPurgeCommand()
        : base("purge", "Erase a deleted registry for good: its keys are destroyed, and nobody can read what it held.")
    {
        name.AddTo(this);
        group.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var registry = name.In(call);
        call.Confirm($"Erase the deleted registry {registry} for good?", yes);
        var isDone = await call.WaitAsync($"Erasing {registry}…", () => call.Connection.Management.DeletedRegistries.PurgeAsync(group.In(call), registry, call.Stop));
        return Answer.Done(isDone ? $"Erased the registry {registry}." : $"The keys of {registry} are destroyed. A last copy in the database's journal goes in the background.");
    }
}
