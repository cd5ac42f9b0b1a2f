namespace Breakwater.Core.Access.Decisions;

/// <param name="Kind"><c>roleAssignment</c> or <c>grant</c>.</param>
/// <param name="Id">Of the assignment; null for a grant.</param>
/// <param name="Name">The role's name, or the repositories that the grant is for.</param>
/// <param name="Finding">One of the texts of <see cref="AccessExplainer"/>.</param>
public sealed record ConsideredRight(string Kind, Guid? Id, string Name, string Finding);
