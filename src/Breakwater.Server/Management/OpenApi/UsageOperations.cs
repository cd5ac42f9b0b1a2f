using static Breakwater.Server.Management.OpenApi.Operations;

namespace Breakwater.Server.Management.OpenApi;

/// <summary>Pulls, pushes and bytes.</summary>
internal static class UsageOperations
{
    private const string Root = RegistryOperations.One + "/usage";

    private static readonly Shape Totals = new(
        "RegistryTotals", null, "sizeBytes", "repositoryCount", "manifestCount", "tagCount", "pullCount", "pushCount", "lastPullTime", "lastPushTime", "countedSince");

    private static readonly Shape Repository = new(
        "RepositoryUsage", null, "name", "sizeBytes", "uniqueBytes", "sharedBytes", "manifestCount", "tagCount", "pullCount", "pushCount", "lastPullTime", "lastPushTime");

    private static readonly Shape Tag = new(
        "TagUsage", null, "name", "digest", "sizeBytes", "uniqueBytes", "sharedBytes", "pullCount", "lastPullTime", "manifestPullCount", "manifestLastPullTime", "lastPushTime");

    public static IEnumerable<Operation> All =>
    [
        List(Root, "Usage_ListRepositories", "Lists the repositories that the caller may read about, with bytes, pulls and pushes. Not Azure's.", Repository, "$orderby") with { Beside = ("registry", Totals) },
        List(Root + "/tags", "Usage_ListTags", "Lists the tags of a repository, with bytes and pulls. Not Azure's.", Tag, "repository", "$orderby") with { Beside = ("repository", Repository) },
    ];
}
