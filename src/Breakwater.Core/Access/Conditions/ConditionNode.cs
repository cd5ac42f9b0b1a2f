using Breakwater.Oci;

namespace Breakwater.Core.Access.Conditions;

/// <summary>
/// A part of a condition. It is true, false, or null when it asks for an attribute that the request has not: what is unknown stays unknown
/// under <c>NOT</c> and grants nothing in the end.
/// </summary>
internal abstract class ConditionNode
{
    /// <param name="repository">Null when the registry as a whole is asked about.</param>
    public abstract bool? Holds(string dataAction, RepositoryName? repository);
}
