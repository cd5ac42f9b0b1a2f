using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook update</c></summary>
internal sealed class WebhookUpdateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The webhook.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly WebhookSettings settings = new();

    public WebhookUpdateCommand()
        : base("update", "Change a webhook. What is not named stays as it is.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        settings.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        if (!settings.AnyIn(call))
            throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Name a setting, such as --status disabled.");
        var (webhook, change) = (name.In(call), settings.Read(call));
        return Answer.Item(await (await call.RegistryAsync(registry)).Webhooks.UpdateAsync(webhook, change, call.Stop), WebhookColumns.Webhook);
    }
}
