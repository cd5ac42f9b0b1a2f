namespace Breakwater.Core.Storage;

/// <summary>What the database knows of an object, and what the object must prove to be.</summary>
/// <param name="SizeBytes">Bytes of the plain content.</param>
public sealed record SealedObject(Guid RegistryId, Guid Id, int Epoch, long SizeBytes);
