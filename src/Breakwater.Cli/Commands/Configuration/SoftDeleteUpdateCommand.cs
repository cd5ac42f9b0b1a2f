using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Configuration;

/// <summary><c>breakwater config soft-delete update</c></summary>
internal sealed class SoftDeleteUpdateCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string?> status = new Option<string?>("--status") { Description = "enabled or disabled.", HelpName = "STATUS" }.AcceptOnlyFromAmong("enabled", "disabled");
    private readonly Option<int?> days = new("--days") { Description = "How long it can be restored: 1 to 90 days.", HelpName = "DAYS" };
    private readonly Option<bool> yes = YesOption.Create();

    public SoftDeleteUpdateCommand()
        : base("update", "Change whether what is deleted can be restored, and for how long.")
    {
        registry.AddTo(this);
        Add(status);
        Add(days);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        if (!call.IsGiven(status) && !call.IsGiven(days))
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Name a setting, such as --status enabled.");
        var (id, registries) = (await call.RegistryIdAsync(registry), call.Connection.Management.Registries);
        if (call.Value(days) is { } wanted && wanted < SoftDeletePolicy.DaysOf(await registries.GetAsync(id, call.Stop)))
            call.Confirm("Fewer days count for what is deleted already: some of it may be gone at once. Change it?", yes);
        var policy = new JsonObject();
        if (call.Value(status) is { } named)
            policy["status"] = named;
        if (call.Value(days) is { } number)
            policy["retentionDays"] = number;
        var policies = JsonSerializer.SerializeToElement(new JsonObject { ["softDeletePolicy"] = policy });
        return SoftDeletePolicy.Show(await registries.UpdateAsync(id, new RegistryChange { Properties = new RegistryProperties { Policies = policies } }, call.Stop));
    }
}
