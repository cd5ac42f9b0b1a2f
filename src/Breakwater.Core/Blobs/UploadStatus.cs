namespace Breakwater.Core.Blobs;

/// <param name="SizeBytes">What has arrived and is kept.</param>
public readonly record struct UploadStatus(Guid Id, long SizeBytes);
