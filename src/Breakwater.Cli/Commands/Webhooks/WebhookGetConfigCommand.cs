using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook get-config</c></summary>
internal sealed class WebhookGetConfigCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The webhook.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();

    public WebhookGetConfigCommand()
        : base("get-config", "Show where a webhook posts to, with which headers, and the secret that signs. Keep them to yourself.")
    {
        name.AddTo(this);
        registry.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var webhook = name.In(call);
        var client = await call.RegistryAsync(registry);
        return Answer.Item(await client.GetCallbackAsync(webhook, call.Stop), WebhookColumns.Callback);
    }
}
