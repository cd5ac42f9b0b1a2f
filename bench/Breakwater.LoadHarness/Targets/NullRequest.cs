namespace Breakwater.LoadHarness.Targets;

/// <summary>A request to the null server; bodies over 64 KiB are counted and not kept.</summary>
internal sealed record NullRequest(string Method, string Path, byte[] Body, long BodyLength);
