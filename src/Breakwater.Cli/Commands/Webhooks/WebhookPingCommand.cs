using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook ping</c></summary>
internal sealed class WebhookPingCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The webhook.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();

    public WebhookPingCommand()
        : base("ping", "Make a webhook send a test event.")
    {
        name.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var webhook = name.In(call);
        var client = await call.RegistryAsync(registry);
        return Answer.Item(await client.PingAsync(webhook, call.Stop), new Column("Event", "id"));
    }
}
