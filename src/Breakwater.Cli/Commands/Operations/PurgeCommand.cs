using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater purge</c>. Who is asked whether it is meant sees first what would go.</summary>
internal sealed class PurgeCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly PurgeOptions options = new();
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show what would go, and what stays and why; remove nothing." };
    private readonly Option<bool> yes = YesOption.Create();

    public PurgeCommand()
        : base("purge", "Remove tags and manifests by name, age and pulls. What is gone cannot be brought back.")
    {
        registry.AddTo(this);
        options.AddTo(this);
        Add(dryRun);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var wanted = options.Read(call);
        var client = await call.RegistryAsync(registry);
        if (call.Value(dryRun))
            return (await new PurgeRun(call, client, wanted with { DryRun = true }).RunAsync()).Tell();
        if (!call.Value(yes) && call.Around.AsksPerson)
        {
            var plan = await new PurgeRun(call, client, wanted with { DryRun = true }).RunAsync();
            if (plan.IsNothing)
                return plan.Tell();
            // What is shown is what goes: nothing becomes old enough while the answer is awaited.
            wanted = wanted with { AsOf = plan.AsOf };
            // Not on the output, which is for what was done.
            new Renderer(call.Around with { Output = call.Around.Error, OutputIsTerminal = call.Around.ErrorIsTerminal }).Write(plan.Tell(), OutputFormat.Table, query: null);
        }
        call.Confirm("Remove this?", yes);
        return (await new PurgeRun(call, client, wanted).RunAsync()).Tell();
    }
}
