using Breakwater.Client.Errors;

namespace Breakwater.Client.Directory;

/// <summary>What a name means, where names need not be unique.</summary>
internal static class Only
{
    public static T One<T>(List<T> found, string what, Func<T, string> idOf) => found.Count switch
    {
        1 => found[0],
        0 => throw new BreakwaterException(ErrorKind.NotFound, $"There is no {what}.", "Check the name, or use the object id."),
        _ => throw new BreakwaterException(ErrorKind.Invalid, $"There are several of the name: {what}.", $"Use one of the ids {string.Join(", ", found.Select(idOf))}."),
    };
}
