using System.Diagnostics.CodeAnalysis;
using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// Narrows a role assignment to some repositories, in Azure's form, version 2.0. Compared by its text.
/// https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions
/// </summary>
public sealed class AccessCondition
{
    private readonly ConditionNode _root;

    private AccessCondition(string text, ConditionNode root) => (Text, _root) = (text, root);

    /// <summary>As it was given.</summary>
    public string Text { get; }

    /// <exception cref="FormatException">It is no condition; the message says where and what would be.</exception>
    public static AccessCondition Parse(string text) => new(text, ConditionParser.Parse(text));

    /// <param name="problem">For whoever wrote it: where it is not understood and what would be.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out AccessCondition? condition, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (condition, problem) = (Parse(text), null);
            return true;
        }
        catch (FormatException e)
        {
            (condition, problem) = (null, e.Message);
            return false;
        }
    }

    /// <param name="repository">Null when the registry as a whole is asked about; then nothing is granted by what names a repository.</param>
    public bool Allows(string dataAction, RepositoryName? repository) => _root.Holds(dataAction, repository) == true;
}
