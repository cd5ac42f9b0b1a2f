namespace Breakwater.Core.SoftDelete;

/// <summary>What one request removed from a recycle bin, or what a dry run has counted.</summary>
/// <param name="Tags">Those whose manifest is not among the manifests: a manifest takes its tags along.</param>
/// <param name="FreedBytes">What the registry's storage is less by; 0 for a dry run.</param>
/// <param name="AsOf">What was deleted later stays. For the request that goes on.</param>
/// <param name="IsComplete">False: there is more, so ask again.</param>
public sealed record BinPurgePage(long Manifests, long Tags, long FreedBytes, DateTimeOffset AsOf, bool IsComplete);
