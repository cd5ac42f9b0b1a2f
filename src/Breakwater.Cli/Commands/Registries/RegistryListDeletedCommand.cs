using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry list-deleted</c></summary>
internal sealed class RegistryListDeletedCommand : CliCommand
{
    private readonly GroupOption group = new();
    private readonly Option<int?> top = TopOption.Create();

    public RegistryListDeletedCommand()
        : base("list-deleted", "List the registries that were deleted and can be recovered.")
    {
        group.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call) => Answer.List(
        await call.Connection.Management.DeletedRegistries.ListAsync(group.In(call), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop),
        new("Name", "name"), new("Location", "properties.location"), new("Deleted", "properties.deletionDate", Cells.Time), new("Erased after", "properties.scheduledPurgeDate", Cells.Time));
}
