using System.Text;
using System.Text.RegularExpressions;
using Breakwater.Core.Access;
using Breakwater.Core.Tokens;

namespace Breakwater.Fuzz.Targets;

/// <summary>A scope that a client asks for, beside a reading by expression.</summary>
internal static partial class ScopeTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var scope = TokenScope.Parse(text);
        var form = Form().Match(text);
        var isRepository = form.Success && form.Groups["type"].Value == "repository" && IsName(form.Groups["name"].Value);
        OracleException.Require(scope is not null == (isRepository || text is "registry:catalog:*" or "registry:deleted_catalog:*"), $"The scope is {scope}.");
        if (scope is null)
            return;
        OracleException.Require(scope.Repository?.Value == (isRepository ? form.Groups["name"].Value : null), $"The repository is {scope.Repository}.");
        var words = isRepository ? form.Groups["actions"].Value.Split(',') : [];
        foreach (var action in Enum.GetValues<RepositoryActions>().Where(action => int.PopCount((int)action) == 1))
        {
            var named = ActionNames.Of(action).Any(words.Contains) || (words.Contains("*") && RepositoryActions.All.HasFlag(action));
            OracleException.Require(scope.Actions.HasFlag(action) == named, $"{action} is {(named ? "" : "not ")}asked for.");
        }
    }

    /// <summary>Distribution specification: the grammar of names, by its own expression.</summary>
    private static bool IsName(string name) => name.Length <= 255 && Name().IsMatch(name);

    [GeneratedRegex(@"^(?<type>[^:]*):(?<name>.*):(?<actions>[^:]*)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
