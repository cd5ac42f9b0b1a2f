namespace Breakwater.Client.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/registries/import-image</summary>
/// <param name="TargetTags">Such as <c>team/app:v1</c>.</param>
/// <param name="UntaggedTargetRepositories">Where it arrives by digest only.</param>
/// <param name="Mode">NoForce refuses to move tags that exist; Force moves them.</param>
/// <param name="IncludeReferrers">Breakwater's own: ACR leaves signatures and the like behind.</param>
public sealed record ImportRequest(ImportSource Source, IReadOnlyList<string> TargetTags, IReadOnlyList<string> UntaggedTargetRepositories, string Mode, bool IncludeReferrers);
