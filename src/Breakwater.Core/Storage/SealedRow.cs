namespace Breakwater.Core.Storage;

/// <summary>A sealed content that stands in a database row instead of a file.</summary>
/// <param name="Id">Bound into the seal like an object's id.</param>
public sealed record SealedRow(Guid Id, int Epoch, byte[] Bytes);
