using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry create</c></summary>
internal sealed class RegistryCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new registry's name, 5 to 50 letters and digits.", "--name", "-n");
    private readonly GroupOption group = new();
    private readonly Option<string?> location = new("--location", "-l") { Description = "Where it is. Default: local.", HelpName = "PLACE" };
    private readonly RegistrySettings settings = new();

    public RegistryCreateCommand()
        : base("create", "Create a registry.")
    {
        name.AddTo(this);
        group.AddTo(this);
        Add(location);
        settings.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var id = new RegistryId(call.Connection.Management.Subscription, group.In(call), name.In(call));
        var wanted = settings.Read(call);
        var registry = wanted with { Location = call.Value(location) ?? "local", Sku = wanted.Sku ?? new RegistrySku("Standard") };
        await Creation.RequireNewAsync($"a registry {id.Name}", () => call.Connection.Management.Registries.GetAsync(id, call.Stop));
        return Answer.Item(await call.WaitAsync($"Creating {id.Name}…", () => call.Connection.Management.Registries.CreateAsync(id, registry, call.Stop)), RegistryColumns.Item);
    }
}
