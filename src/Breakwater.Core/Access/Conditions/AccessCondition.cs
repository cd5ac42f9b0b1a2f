using System.Diagnostics.CodeAnalysis;
using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// The condition of a role assignment, in Azure's language of version 2.0, as far as it speaks of repositories: which of the role's data
/// actions the assignment gives where. https://learn.microsoft.com/azure/role-based-access-control/conditions-format. What it cannot
/// evaluate is refused, never skipped.
/// </summary>
public sealed class AccessCondition
{
    /// <summary>Characters, 8 KiB: about 80 tests of the length that Azure's examples have.</summary>
    public const int MaxLength = 8192;

    /// <summary>Parentheses and negations within each other. Conditions from Azure's own tools have about five.</summary>
    public const int MaxDepth = 32;

    /// <summary>Operators, tests and values of sets together: bounds the time of one evaluation.</summary>
    public const int MaxNodes = 512;

    private readonly ConditionNode _root;

    private readonly IReadOnlyList<string> _actions;

    private AccessCondition(string text, ConditionNode root, IReadOnlyList<string> actions)
    {
        Text = text;
        _root = root;
        _actions = actions;
    }

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <exception cref="FormatException">For people: where, what is wrong, and what to write instead.</exception>
    public static AccessCondition Parse(string text) =>
        TryParse(text, out var condition, out var problem) ? condition : throw new FormatException(problem);

    /// <param name="problem">What <see cref="Parse"/> would throw.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out AccessCondition? condition,
        [NotNullWhen(false)] out string? problem)
    {
        condition = null;
        problem = Unreadable(text);
        if (problem is not null)
            return false;

        var reader = new ConditionReader(text!);
        if (new ConditionParser(reader).Parse() is not { } root)
        {
            problem = reader.Problem!;
            return false;
        }
        condition = new AccessCondition(text!, root, reader.Actions);
        return true;
    }

    /// <summary>Whether the assignment gives this action here. Fast, without allocations, and throws nothing.</summary>
    /// <param name="dataAction">In full, such as <c>Microsoft.ContainerRegistry/registries/repositories/content/read</c>.</param>
    /// <param name="repository">Null when the registry as a whole is asked about: what depends on a name is then not given.</param>
    public bool Allows(string dataAction, RepositoryName? repository) => _root.Evaluate(dataAction, repository?.Value) == true;

    /// <summary>
    /// A pattern of <c>ActionMatches</c> that no data action of a registry has; null when there is none. Usually it stands behind a negation, and a
    /// misspelt one then narrows nothing: whoever writes an assignment must be told.
    /// </summary>
    public string? FindUnknownAction() => _actions.FirstOrDefault(pattern => !DataActions.AnyMatches(pattern))?.Replace(Wildcards.Run, '*');

    public override string ToString() => Text;

    private static string? Unreadable(string? text) => text switch
    {
        null => "The condition is missing. Leave it out of the assignment, or write one.",
        { Length: > MaxLength } =>
            $"The condition has {text.Length} characters; {MaxLength} are allowed. Use wildcards, or several role assignments.",
        _ => null,
    };
}
