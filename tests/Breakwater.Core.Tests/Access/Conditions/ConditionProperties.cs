using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Oci;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Access.Conditions;

/// <summary>Conditions made from random numbers, printed in many ways, against a slow and obvious reading of the same numbers.</summary>
public sealed class ConditionProperties
{
    private static readonly string[] Actions = ["Microsoft.ContainerRegistry/registries/repositories/content/read", "Microsoft.ContainerRegistry/registries/catalog/read"];
    private static readonly string[] Patterns = [Actions[0], "*/READ", "*", "x", "*catalog*"];
    private static readonly string[] Literals = ["a", "a/b", "b"];
    private static readonly string[] Operators = ["StringEquals", "StringStartsWith", "StringNotEquals", "StringNotStartsWith"];

    private static (string Text, Func<string, string?, bool?> Oracle) Make(Queue<byte> numbers, int depth)
    {
        var number = numbers.Count > 0 ? numbers.Dequeue() : (byte)0;
        var space = number % 2 == 0 ? " " : "\n\t ";
        switch (depth > 6 ? number % 2 : number % 6)
        {
            case 0:
                var pattern = Patterns[number / 6 % Patterns.Length];
                return ($"ActionMatches{{'{pattern}'}}", (action, _) => new PermissionPattern(pattern).Matches(action));
            case 1:
                var (name, literal) = (Operators[number / 6 % Operators.Length], Literals[number / 24 % Literals.Length]);
                return ($"@Request[Microsoft.ContainerRegistry/registries/repositories:name]{space}{name} '{literal}'", (_, repository) => repository is null
                    ? null
                    : name.Contains("Not", StringComparison.Ordinal) != (name.EndsWith("StartsWith", StringComparison.Ordinal) ? repository.StartsWith(literal, StringComparison.Ordinal) : repository == literal));
            case 2:
                var (inner, not) = Make(numbers, depth + 1);
                return ($"{(number > 99 ? "!" : "nOt ")}({inner})", (action, repository) => !not(action, repository));
            default:
                var ((left, l), (right, r)) = (Make(numbers, depth + 1), Make(numbers, depth + 1));
                return number % 6 == 3
                    ? ($"({left}){space}{(number > 99 ? "&&" : "And")}{space}({right})", (action, repository) => l(action, repository) & r(action, repository))
                    : ($"({left}){space}{(number > 99 ? "||" : "or")}{space}({right})", (action, repository) => l(action, repository) | r(action, repository));
        }
    }

    [Property(MaxTest = 1000)]
    public void Allows_AnyCondition_IsWhatTheOracleSays(byte[] numbers)
    {
        var (text, oracle) = Make(new Queue<byte>(numbers), 0);
        if (text.Length > ConditionParser.MaxLength)
            return;
        var condition = AccessCondition.Parse(text);
        Assert.Equal(text, condition.Text);
        foreach (var action in Actions)
        {
            foreach (var repository in new[] { null, "a", "a/b", "c" })
                Assert.Equal(oracle(action, repository) == true, condition.Allows(action, repository is null ? null : RepositoryName.Parse(repository)));
        }
    }

    [Property(MaxTest = 1000)]
    public void TryParse_AnyDamage_IsReadOrRefusedAndNeverThrows(byte[] numbers, int place, char other)
    {
        var (text, _) = Make(new Queue<byte>(numbers), 0);
        var at = (int)((uint)place % (uint)text.Length);
        foreach (var damaged in new[] { text[..at], text[at..], text.Insert(at, other.ToString()), text.Remove(at, 1) })
        {
            if (AccessCondition.TryParse(damaged, out var condition, out var problem))
                condition.Allows(Actions[0], RepositoryName.Parse("a"));
            else
                Assert.NotEmpty(problem);
        }
    }

    [Property(MaxTest = 1000)]
    public bool TryParse_AnyText_NeverThrows(string? text) => AccessCondition.TryParse(text ?? "", out _, out _) || true;
}
