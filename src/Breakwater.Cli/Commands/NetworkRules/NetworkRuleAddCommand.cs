using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.NetworkRules;

/// <summary><c>breakwater network-rule add</c></summary>
internal sealed class NetworkRuleAddCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Subject address = new("ADDRESS", "An address or a network, such as 203.0.113.0/24 or 2001:db8::/32.", "--ip-address");
    private readonly Option<string?> action = new("--action") { Description = "Allow, which is the default, or Deny, which goes before every Allow.", HelpName = "ACTION" };
    private readonly Option<bool> yes = YesOption.Create();

    public NetworkRuleAddCommand()
        : base("add", "Add a network rule to a registry. Its default action is set by 'registry update'.")
    {
        address.AddTo(this);
        registry.AddTo(this);
        Add(action);
        action.CompletionSources.Add("Allow", "Deny");
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var rule = new NetworkRule { Action = call.Value(action) ?? "Allow", Value = address.In(call) };
        return Answer.List(await NetworkRuleChange.RunAsync(call, registry, yes, before => [.. before, rule]), NetworkRuleColumns.Rule);
    }
}
