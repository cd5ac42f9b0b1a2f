using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook list-events</c></summary>
internal sealed class WebhookListEventsCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The webhook.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<int?> top = TopOption.Create();

    public WebhookListEventsCommand()
        : base("list-events", "List what a webhook sent lately, and what was answered.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(top);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var webhook = name.In(call);
        var client = await call.RegistryAsync(registry);
        return Answer.List(await client.ListEventsAsync(webhook, call.Stop).Top(call.Value(top)).ToListAsync(call.Stop), WebhookColumns.Event);
    }
}
