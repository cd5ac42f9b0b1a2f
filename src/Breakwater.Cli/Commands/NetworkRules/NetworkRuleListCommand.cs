using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.NetworkRules;

/// <summary><c>breakwater network-rule list</c></summary>
internal sealed class NetworkRuleListCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();

    public NetworkRuleListCommand()
        : base("list", "List the network rules of a registry.") => registry.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var found = await call.Connection.Management.Registries.GetAsync(await call.RegistryIdAsync(registry), call.Stop);
        return Answer.List(found.Properties?.NetworkRuleSet?.IpRules ?? [], NetworkRuleColumns.Rule);
    }
}
