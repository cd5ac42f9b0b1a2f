using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater usage totals</c></summary>
internal sealed class UsageTotalsCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public UsageTotalsCommand()
        : base("totals", "Show the bytes, pulls and pushes of a registry.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await (await call.RegistryAsync(registry)).Usage.GetTotalsAsync(call.Stop), UsageColumns.Totals);
}
