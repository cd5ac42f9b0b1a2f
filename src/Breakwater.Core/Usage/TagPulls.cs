using System.Data.Common;
using Dapper;

namespace Breakwater.Core.Usage;

/// <summary>Pulls by a tag, whichever manifest it meant. They are counted as pulls of that manifest too.</summary>
/// <param name="id">Of the tag that was read: one that is set again after a deletion has another.</param>
internal sealed class TagPulls(PendingPulls pending, Guid repositoryId, string name, Guid? id) : PullCounter(pending)
{
    public override void Write(DbConnection db, TakenPulls taken) => db.Execute(
        """
        INSERT INTO tag_pull (repository_id, name, pulls, last_pulled_at)
            SELECT t.repository_id, t.name, @Count, @LastAt FROM tag t WHERE t.repository_id = @repositoryId AND t.name = @name AND t.id IS @id
            ON CONFLICT (repository_id, name) DO UPDATE SET pulls = pulls + excluded.pulls, last_pulled_at = MAX(last_pulled_at, excluded.last_pulled_at)
        """,
        new { repositoryId, name, id, taken.Count, taken.LastAt });
}
