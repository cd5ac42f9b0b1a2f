using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook delete</c></summary>
internal sealed class WebhookDeleteCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The webhook.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<bool> yes = YesOption.Create();

    public WebhookDeleteCommand()
        : base("delete", "Delete a webhook.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (webhook, client) = (name.In(call), await call.RegistryAsync(registry));
        call.Confirm($"Delete the webhook {webhook}?", yes);
        return Deletion.Of($"the webhook {webhook}", await client.Webhooks.DeleteAsync(webhook, call.Stop));
    }
}
