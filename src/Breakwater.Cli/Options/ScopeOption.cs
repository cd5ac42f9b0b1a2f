using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Options;

/// <summary>Where a role holds: the whole installation, its resource group, or a registry.</summary>
internal sealed class ScopeOption
{
    private const string Everything = "installation";

    private readonly Option<string?> scope = new("--scope") { Description = $"Where: '{Everything}', or a resource id such as /subscriptions/ID/resourceGroups/{RegistryId.DefaultGroup}.", HelpName = "SCOPE" };
    private readonly Option<string?> registry = new("--registry", "-r") { Description = "Where: the registry of this name.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Add(scope);
        command.Add(registry);
    }

    /// <summary>The resource id; null when it is not given.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public string? Find(Invocation call)
    {
        var (where, name) = (call.Value(scope), call.Value(registry));
        if (where is not null && name is not null)
            throw new BreakwaterException(ErrorKind.Invalid, "--scope and --registry both say where.", "Leave one out.");
        if (name is not null)
            return $"{new RegistryId(call.Connection.Management.Subscription, RegistryId.DefaultGroup, name)}";
        return where switch
        {
            null => null,
            Everything => call.Connection.Management.Subscription,
            _ when where.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) && !where.Contains("..", StringComparison.Ordinal) && !where.Contains('?', StringComparison.Ordinal) => where.TrimEnd('/'),
            _ => throw new BreakwaterException(ErrorKind.Invalid, $"'{where}' is no scope.", $"Use '{Everything}', a resource id that begins with /subscriptions/, or --registry NAME."),
        };
    }

    /// <exception cref="BreakwaterException">It is not given.</exception>
    public string In(Invocation call) => Find(call) ?? throw new BreakwaterException(ErrorKind.Invalid, "It is not said where.", $"Give --registry NAME, or --scope {Everything} for everything.");

    public string OrEverything(Invocation call) => Find(call) ?? call.Connection.Management.Subscription;
}
