using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.NetworkRules;

/// <summary><c>breakwater network-rule remove</c></summary>
internal sealed class NetworkRuleRemoveCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Subject address = new("ADDRESS", "As the rule names it.", "--ip-address");
    private readonly Option<string?> action = new("--action") { Description = "Only of this action: Allow or Deny.", HelpName = "ACTION" };
    private readonly Option<bool> yes = YesOption.Create();

    public NetworkRuleRemoveCommand()
        : base("remove", "Remove a network rule of a registry.")
    {
        address.AddTo(this);
        registry.AddTo(this);
        Add(action);
        action.CompletionSources.Add("Allow", "Deny");
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (value, only) = (address.In(call), call.Value(action));
        bool IsMeant(NetworkRule rule) => rule.Value == value && (only is null || only.Equals(rule.Action, StringComparison.OrdinalIgnoreCase));
        return Answer.List(
            await NetworkRuleChange.RunAsync(call, registry, yes, before => before.Any(IsMeant)
                ? [.. before.Where(rule => !IsMeant(rule))]
                : throw new BreakwaterException(ErrorKind.NotFound, $"There is no rule for {value}.", "'breakwater network-rule list' shows those that there are.")),
            NetworkRuleColumns.Rule);
    }
}
