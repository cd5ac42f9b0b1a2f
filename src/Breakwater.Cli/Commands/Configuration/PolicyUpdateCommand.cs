using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Configuration;

/// <summary>What the commands have in common that change one of a registry's policies.</summary>
internal abstract class PolicyUpdateCommand : CliCommand
{
    private readonly RegistryPolicy policy;
    private readonly string question;
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string?> status = new Option<string?>("--status") { Description = "enabled or disabled.", HelpName = "STATUS" }.AcceptOnlyFromAmong("enabled", "disabled");
    private readonly Option<int?> days;
    private readonly Option<bool> yes = YesOption.Create();

    /// <param name="days">What the days mean.</param>
    /// <param name="question">Asked before they become fewer.</param>
    protected PolicyUpdateCommand(RegistryPolicy policy, string description, string days, string question)
        : base("update", description)
    {
        (this.policy, this.question) = (policy, question);
        this.days = new("--days") { Description = days, HelpName = "DAYS" };
        registry.AddTo(this);
        foreach (var option in new Option[] { status, this.days, yes })
            Add(option);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        if (!call.IsGiven(status) && !call.IsGiven(days))
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Name a setting, such as --status enabled.");
        var (id, registries) = (await call.RegistryIdAsync(registry), call.Connection.Management.Registries);
        if (call.Value(days) is { } wanted && wanted < policy.DaysOf(await registries.GetAsync(id, call.Stop)))
            call.Confirm(question, yes);
        return policy.Show(await registries.UpdateAsync(id, policy.Change(call.Value(status), call.Value(days)), call.Stop));
    }
}
