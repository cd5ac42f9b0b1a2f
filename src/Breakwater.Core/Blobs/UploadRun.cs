namespace Breakwater.Core.Blobs;

/// <summary>One body of an upload, sealed and durable.</summary>
internal sealed record UploadRun(int Sequence, Guid ObjectId, int Epoch, long SizeBytes);
