using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Identities;

/// <summary><c>breakwater identity delete</c></summary>
internal sealed class IdentityDeleteCommand : CliCommand
{
    private readonly Subject identity = IdentitySubject.Create();
    private readonly Option<bool> yes = YesOption.Create();

    public IdentityDeleteCommand()
        : base("delete", "Delete a managed identity, with its credentials and roles.")
    {
        identity.AddTo(this);
        Add(yes);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = identity.In(call);
        call.Confirm($"Delete the managed identity {name}?", yes);
        return Deletion.Of($"the managed identity {name}", await call.Connection.Management.Identities.DeleteAsync(name, call.Stop));
    }
}
