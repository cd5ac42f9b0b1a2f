namespace Breakwater.Core.Storage;

/// <summary>An object is not what was sealed: changed, truncated, exchanged or gone. None of its bytes from there on are given out.</summary>
public sealed class CorruptObjectException(Guid objectId, string problem) : Exception($"Object {objectId:N}: {problem}")
{
    public Guid ObjectId { get; } = objectId;
}
