using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Identities;

/// <summary><c>breakwater identity show</c></summary>
internal sealed class IdentityShowCommand : CliCommand
{
    private readonly Subject identity = IdentitySubject.Create();

    public IdentityShowCommand()
        : base("show", "Show a managed identity.") => identity.AddTo(this);

    public override async Task<Answer> RunAsync(Invocation call) =>
        Answer.Item(await call.Connection.Management.Identities.GetAsync(identity.In(call), call.Stop), IdentityColumns.Identity);
}
