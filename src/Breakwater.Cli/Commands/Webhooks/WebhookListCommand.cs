using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook list</c></summary>
internal sealed class WebhookListCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<int?> top = TopOption.Create();

    public WebhookListCommand()
        : base("list", "List the webhooks of a registry.")
    {
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.List(await (await call.RegistryAsync(registry)).Webhooks.ListAsync(call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), WebhookColumns.Webhook);
}
