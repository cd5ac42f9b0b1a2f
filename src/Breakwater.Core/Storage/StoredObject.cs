namespace Breakwater.Core.Storage;

/// <param name="Length">Bytes of the sealed object.</param>
public readonly record struct StoredObject(Guid Id, long Length, DateTimeOffset LastWritten);
