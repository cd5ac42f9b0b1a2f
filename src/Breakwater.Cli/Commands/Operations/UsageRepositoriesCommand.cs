using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater usage repositories</c></summary>
internal sealed class UsageRepositoriesCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly UsageOrderOption order = new("size", "unique", "pulls", "last-pull", "last-push");
    private readonly Option<int?> top = TopOption.Create();

    public UsageRepositoriesCommand()
        : base("repositories", "List the repositories of a registry with their bytes, pulls and pushes.")
    {
        registry.AddTo(this);
        order.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var usage = (await call.RegistryAsync(registry)).Usage;
        return Answer.List(await usage.ListRepositoriesAsync(order.In(call), call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), UsageColumns.Repositories);
    }
}
