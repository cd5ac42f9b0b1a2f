using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Content;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Options;

/// <summary>The four attributes that lock something.</summary>
internal sealed class LockOptions
{
    private readonly Option<bool?> delete = Create("--delete-enabled", "Whether it can be deleted.");
    private readonly Option<bool?> write = Create("--write-enabled", "Whether it can be changed.");
    private readonly Option<bool?> read = Create("--read-enabled", "Whether it can be pulled.");
    private readonly Option<bool?> list = Create("--list-enabled", "Whether lists show it.");

    public void AddTo(Command command)
    {
        foreach (var option in new[] { delete, write, read, list })
            command.Add(option);
    }

    /// <exception cref="BreakwaterException">None is given.</exception>
    public ChangeableAttributes Read(Invocation call)
    {
        var change = new ChangeableAttributes(call.Value(delete), call.Value(write), call.Value(read), call.Value(list));
        return change == new ChangeableAttributes()
            ? throw new BreakwaterException(ErrorKind.Invalid, "Nothing is to be changed.", "Name an attribute, such as --write-enabled false.")
            : change;
    }

    private static Option<bool?> Create(string name, string description) => new(name) { Description = description, HelpName = "true|false" };
}
