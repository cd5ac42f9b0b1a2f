using System.Text;
using Breakwater.Core.Access.Conditions;
using Breakwater.Oci;

namespace Breakwater.Fuzz.Targets;

/// <summary>Conditions of role assignments. A condition in parentheses, beside itself or after itself means the same.</summary>
internal static class ConditionTarget
{
    private const string Prefix = "Microsoft.ContainerRegistry/registries/";

    private static readonly string[] Actions = [Prefix + "repositories/content/read", Prefix + "repositories/content/write", Prefix + "repositories/metadata/read", Prefix + "catalog/read"];

    private static readonly RepositoryName?[] Repositories = [null, RepositoryName.Parse("nginx"), RepositoryName.Parse("team/app"), RepositoryName.Parse("team/a-b_c.d")];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        if (!AccessCondition.TryParse(text, out var condition, out var problem))
        {
            OracleException.Require(!string.IsNullOrWhiteSpace(problem), "A refusal says why.");
            return;
        }
        OracleException.Require(condition.Text == text, "The text is kept.");
        condition.FindUnknownAction();
        foreach (var same in new[] { $"({text})", $" {text} ", $"({text}) AND ({text})", $"({text}) OR ({text})" })
        {
            // It may be too long or too deep by now.
            if (!AccessCondition.TryParse(same, out var other, out _))
                continue;
            foreach (var action in Actions)
            {
                foreach (var repository in Repositories)
                    OracleException.Require(condition.Allows(action, repository) == other.Allows(action, repository), $"{action} on {repository}: not the same as {same}");
            }
        }
    }
}
