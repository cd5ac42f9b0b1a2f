using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Identities;

/// <summary><c>breakwater identity create</c></summary>
internal sealed class IdentityCreateCommand : CliCommand
{
    private readonly Subject identity = IdentitySubject.Create();

    public IdentityCreateCommand()
        : base("create", "Create a managed identity. It may do nothing until it is given a role.") => identity.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (identities, name) = (call.Connection.Management.Identities, identity.In(call));
        await Creation.RequireNewAsync($"a managed identity '{name}'", () => identities.GetAsync(name, call.Stop));
        return Answer.Item(await identities.PutAsync(name, null, call.Stop), IdentityColumns.Identity);
    }
}
