using Breakwater.Core.Access;
using Breakwater.Core.Retention;
using Breakwater.Core.Tests.Installation;

namespace Breakwater.Core.Tests.Retention;

/// <summary>Asks for purges and follows their pages to the end.</summary>
public abstract class PurgeTest : RetentionTest
{
    internal static PurgeRequest Request(params string[] filters) => new() { Filters = [.. filters.Select(PurgeFilter.Parse)] };

    /// <param name="limit">Entries of a page.</param>
    internal static async Task<PurgePage> PurgeAsync(TestInstallation installation, PurgeRequest request, int limit = ArtifactPurge.PageSize, ManagementAccess? access = null)
    {
        var open = installation.Open;
        var purge = new ArtifactPurge(open.Database, open.Keys, open.Manifests, open.Tags, open.Pulls, installation.Clock) { Limit = limit };
        access ??= ManagementAccess.Decide(installation.Caller, open.Registries.First, ManagementActions.PurgeArtifacts)!;
        var (removed, kept, told) = (new List<PurgedItem>(), new List<KeptItem>(), new List<PurgedItem>());
        for (var (from, page) = (request.From, (PurgePage?)null); ;)
        {
            page = await purge.RunAsync(access, request with { From = from }, origin: null, item => { told.Add(item); return ValueTask.CompletedTask; }, Cancellation);
            Assert.InRange(page.Removed.Count + page.Kept.Count, 0, limit);
            removed.AddRange(page.Removed);
            kept.AddRange(page.Kept);
            if (page.Next is not { } next)
            {
                Assert.Equal(request.DryRun ? [] : removed, told);
                await installation.AssertSoundAsync();
                return new PurgePage(removed, kept, page.AsOf, null);
            }
            from = PurgeCursor.Parse(next.ToString());
        }
    }

    internal Task<PurgePage> PurgeAsync(PurgeRequest request) => PurgeAsync(Here, request);
}
