using System.Data.Common;
using Breakwater.Core.Repositories;
using Dapper;

namespace Breakwater.Core.Usage;

/// <summary>Pulls of a manifest, by tag or by digest. Each is one of its repository and of its registry too.</summary>
/// <param name="bodyId">Of the row that was read: one that is pushed again after a deletion has another.</param>
internal sealed class ManifestPulls(PendingPulls pending, Repository repository, string digest, Guid bodyId) : PullCounter(pending)
{
    public Repository Repository => repository;

    public override void Write(DbConnection db, TakenPulls taken) => db.Execute(
        """
        INSERT INTO manifest_pull (repository_id, digest, pulls, last_pulled_at)
            SELECT m.repository_id, m.digest, @Count, @LastAt FROM manifest m WHERE m.repository_id = @Id AND m.digest = @digest AND m.body_id = @bodyId
            ON CONFLICT (repository_id, digest) DO UPDATE SET pulls = pulls + excluded.pulls, last_pulled_at = MAX(last_pulled_at, excluded.last_pulled_at)
        """,
        new { repository.Id, digest, bodyId, taken.Count, taken.LastAt });
}
