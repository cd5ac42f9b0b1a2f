using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Registries;

/// <summary><c>breakwater registry recover</c></summary>
internal sealed class RegistryRecoverCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The deleted registry.", "--name", "-n");
    private readonly GroupOption group = new();

    public RegistryRecoverCommand()
        : base("recover", "Put a deleted registry back as it was. Tokens stay ended.")
    {
        name.AddTo(this);
        group.AddTo(this);
    }

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await call.Connection.Management.DeletedRegistries.RecoverAsync(group.In(call), name.In(call), call.Stop), RegistryColumns.Item);
}
