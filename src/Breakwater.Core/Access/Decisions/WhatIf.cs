using System.Collections.Immutable;
using System.Data.Common;
using Breakwater.Core.Identity;
using Breakwater.Core.Metadata;
using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Oci;

namespace Breakwater.Core.Access.Decisions;

/// <summary>Decides for another principal, as if it had come with its password, and does nothing.</summary>
public sealed class WhatIf(PrincipalDirectory directory, IMetadataDatabase database)
{
    /// <param name="action">As tokens or roles name it: <c>pull</c>, <c>catalog</c>, a data action, an action of the management plane.</param>
    /// <param name="repository">Null when the action is on the registry.</param>
    /// <param name="reference">A tag or manifest of it; null: any, and for a deletion the repository itself.</param>
    /// <returns>Null when there is no such principal.</returns>
    /// <exception cref="InvalidValueException">The action is none, or is on a repository and none is named.</exception>
    public async Task<AccessExplanation?> AskAsync(ManagementAccess access, Guid principalId, string action, RepositoryName? repository, ManifestReference? reference)
    {
        access.Demand(ManagementActions.RoleAssignmentsRead);
        if (directory.Find(principalId) is not { } entry)
            return null;
        var question = Question(entry.AsCaller, access, action, repository);
        if (question.Repository is not { } name)
            return AccessExplainer.Explain(question);
        // What is locked tells what exists: only to whoever may see it anyway.
        return RepositoryAccess.Decide(access.Caller, question.Registry, name, RepositoryActions.MetadataRead) is not null
            ? AccessExplainer.Explain(question, await database.ReadAsync(db => ObstaclesAsync(db, question, name, reference)))
            : AccessExplainer.Explain(question, content: null);
    }

    private static async Task<ImmutableArray<ContentObstacle>> ObstaclesAsync(DbConnection db, AccessQuestion question, RepositoryName name, ManifestReference? reference)
    {
        var registry = question.Registry;
        var guard = PolicyGuard.ForQuestion(db, registry.Id, name, actions => RepositoryAccess.Decide(question.Caller, registry, name, actions) is not null);
        return ContentObstacles.Find(db, guard, await RepositoryRows.FindAsync(db, registry.Id, name), question.OnRepository, reference);
    }

    private static AccessQuestion Question(Caller caller, ManagementAccess access, string action, RepositoryName? repository)
    {
        var registry = access.Registry!;
        var row = DataPermission.All.FirstOrDefault(row => Same(row.DataAction, action) || Same(row.Legacy, action));
        if (Same(action, "catalog") || row is { Repository: RepositoryActions.None })
            return AccessQuestion.About(caller, registry, RegistryActions.Catalog);
        if (Same(action, "deleted_catalog"))
            return AccessQuestion.About(caller, registry, RegistryActions.DeletedCatalog);
        var onRepository = row?.Repository ?? (action == ActionNames.Any ? RepositoryActions.None : ActionNames.Parse(action));
        if (onRepository != RepositoryActions.None)
            return AccessQuestion.About(caller, registry, repository ?? throw new InvalidValueException("The action is on a repository. Name one."), onRepository);
        return action.StartsWith("Microsoft.", StringComparison.OrdinalIgnoreCase) && !action.Contains('*', StringComparison.Ordinal)
            ? AccessQuestion.About(caller, registry, action, RoleScope.Of(registry))
            : throw new InvalidValueException("The action is none: use pull, push, delete, metadata_read, metadata_write, sign, deleted_read, deleted_restore, catalog, deleted_catalog, or an action's full name as roles have it.");
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
