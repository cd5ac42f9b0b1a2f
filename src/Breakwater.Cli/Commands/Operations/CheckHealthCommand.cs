using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater check-health</c>: exit code 1 when something is wrong.</summary>
internal sealed class CheckHealthCommand : CliCommand
{
    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string?> repository = new("--repository") { Description = "Push a tiny artifact there and pull it again.", HelpName = "REPOSITORY" };

    public CheckHealthCommand()
        : base("check-health", "Check name, certificate, clock and sign-in, and with --repository push and pull.")
    {
        registry.AddTo(this);
        Add(repository);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var name = call.Value(repository) is { } text ? ImageName.ParseRepository(text) : null;
        var checks = await call.WaitAsync("Checking…", new HealthChecks(call, name, () => call.ContentAsync(registry)).RunAsync);
        return Answer.Screen(checks, HealthScreen.Draw(call.Around, checks)) with { ExitCode = checks.Any(check => check.Ok is false) ? ExitCodes.Failed : ExitCodes.Done };
    }
}
