using System.Collections.Immutable;

namespace Breakwater.Core.Access;

/// <summary>The words that scopes and token claims use for <see cref="RepositoryActions"/>.</summary>
public static class ActionNames
{
    /// <summary>Every action on the repository but signing.</summary>
    public const string Any = "*";

    private static readonly ImmutableArray<(string Name, RepositoryActions Action)> Table =
    [
        ("pull", RepositoryActions.Pull),
        ("push", RepositoryActions.Push),
        ("delete", RepositoryActions.Delete),
        ("metadata_read", RepositoryActions.MetadataRead),
        ("metadata_write", RepositoryActions.MetadataWrite),
        ("sign", RepositoryActions.Sign),
        ("deleted_read", RepositoryActions.DeletedRead),
        ("deleted_restore", RepositoryActions.DeletedRestore),
    ];

    /// <summary><see cref="RepositoryActions.None"/> for a word that names no action.</summary>
    public static RepositoryActions Parse(ReadOnlySpan<char> name)
    {
        if (name is Any)
            return RepositoryActions.All;
        foreach (var row in Table)
        {
            if (name.SequenceEqual(row.Name))
                return row.Action;
        }
        return RepositoryActions.None;
    }

    /// <summary>One word per action, in a fixed order.</summary>
    public static IEnumerable<string> Of(RepositoryActions actions) =>
        Table.Where(row => (actions & row.Action) != 0).Select(row => row.Name);
}
