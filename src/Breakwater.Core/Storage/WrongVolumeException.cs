namespace Breakwater.Core.Storage;

/// <summary>A data directory or object store is not the one that is expected. Nothing was changed.</summary>
public sealed class WrongVolumeException(string message) : Exception(message);
