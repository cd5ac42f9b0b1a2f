using Breakwater.Cli.Output;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands;

/// <summary>How deletions end. ARM answers one of nothing with success, by which a slip in a name would go unseen.</summary>
internal static class Deletion
{
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.NotFound"/> where there was nothing.</exception>
    public static Answer Of(string what, bool wasThere) => wasThere
        ? Answer.Done($"Deleted {what}.")
        : throw new BreakwaterException(ErrorKind.NotFound, $"There was nothing to delete: {what}.", "Check the name, and the registry.");
}
