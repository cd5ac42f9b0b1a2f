using System.IO.Pipelines;

namespace Breakwater.Core.Blobs;

/// <summary>A body of an upload.</summary>
/// <param name="Length">Bytes, as the client announced; null: unknown until its end.</param>
public readonly record struct UploadBody(PipeReader Reader, long? Length = null)
{
    public static implicit operator UploadBody(PipeReader reader) => FromPipeReader(reader);

    public static UploadBody FromPipeReader(PipeReader reader) => new(reader);
}
