using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands.Webhooks;

/// <summary><c>breakwater webhook create</c></summary>
internal sealed class WebhookCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new webhook's name, 5 to 50 letters and digits.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly WebhookSettings settings = new();
    private readonly Option<string?> location = new("--location", "-l") { Description = "Where it is: only where its registry is, which is the default.", HelpName = "PLACE" };

    public WebhookCreateCommand()
        : base("create", "Create a webhook: a request to you when something is pushed or deleted.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        settings.AddTo(this);
        Add(location);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (webhook, wanted) = (name.In(call), settings.Read(call));
        if (wanted.ServiceUri is null || wanted.Actions is null)
            throw new BreakwaterException(ErrorKind.Invalid, "A webhook needs an address and actions.", "Give --uri URL and --actions push ….");
        var client = await call.RegistryAsync(registry);
        await Creation.RequireNewAsync($"a webhook {webhook}", () => client.Webhooks.GetAsync(webhook, call.Stop));
        return Answer.Item(await client.Webhooks.PutAsync(webhook, wanted with { Status = wanted.Status ?? "enabled" }, call.Stop, call.Value(location)), WebhookColumns.Webhook);
    }
}
