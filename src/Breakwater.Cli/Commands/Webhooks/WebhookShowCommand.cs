using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook show</c></summary>
internal sealed class WebhookShowCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The webhook.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();

    public WebhookShowCommand()
        : base("show", "Show a webhook.")
    {
        name.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await (await call.RegistryAsync(registry)).Webhooks.GetAsync(name.In(call), call.Stop), WebhookColumns.Webhook);
}
