using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Retention;
using Breakwater.Server.Audit;

namespace Breakwater.Server.Management;

/// <summary>The audit log's records of what a request removes beside itself: one for each tag and manifest.</summary>
internal sealed class PurgeRecords(RegistryResource resource, RequestRecords records, AuditLog log)
{
    public ValueTask WriteAsync(HttpContext context, ManagementAccess access, PurgedItem item, long start) => log.EnqueueAsync(Of(context, access, item, start), CancellationToken.None);

    private AuditRecord Of(HttpContext context, ManagementAccess access, PurgedItem item, long start)
    {
        var operation = item.Tag is null ? AuditOperations.PurgeManifest : AuditOperations.PurgeTag;
        var rule = new AuditRule(AuditCategory.Repository, operation, AuditedOutcomes.All);
        return records.Of(context, rule, start) with
        {
            Resource = access.Registry!.Name,
            LoginServer = resource.LoginServerOf(context.Request, access.Registry),
            Repository = item.Repository,
            Tag = item.Tag,
            Digest = item.Digest,
            MediaType = null,
            SizeBytes = null,
        };
    }
}
