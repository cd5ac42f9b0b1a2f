namespace Breakwater.Core.Blobs;

/// <summary>A row of <c>upload_run</c>.</summary>
internal sealed record UploadRunRow
{
    public int Sequence { get; init; }

    public Guid ObjectId { get; init; }

    public int Epoch { get; init; }

    /// <summary>Null when the writing was cut off.</summary>
    public long? SizeBytes { get; init; }
}
