using System.Text.Json.Nodes;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater usage</c>: of what the tier holds; below it who uses it.</summary>
internal sealed class UsageCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public UsageCommand()
        : base("usage", "Show how much a registry holds, and how much it may. Below: what its repositories and tags take, and how they are used.")
    {
        registry.AddTo(this);
        Add(new UsageTotalsCommand());
        Add(new UsageRepositoriesCommand());
        Add(new UsageTagsCommand());
    }

    public override async Task<Answer> RunAsync(Invocation call) => Answer.List(
        await (await call.RegistryAsync(registry)).ListUsagesAsync(call.Stop).ToListAsync(call.Stop),
        new("Name", "name"), new("Used", "", entry => Amount(entry, "currentValue")), new("Limit", "", entry => Amount(entry, "limit")));

    private static string Amount(JsonNode? entry, string member) => entry?[member] is not { } value || (value is JsonValue number && number.TryGetValue<double>(out var amount) && amount < 0) ? "none"
        : Cells.Plain(entry["unit"]) == "Bytes" ? Cells.Size(value)
        : Cells.Plain(value);
}
