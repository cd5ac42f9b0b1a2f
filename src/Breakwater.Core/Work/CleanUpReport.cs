namespace Breakwater.Core.Work;

/// <param name="Blobs">Links to blobs that nothing referred to.</param>
/// <param name="Uploads">Sessions that nobody used for the time of a lease.</param>
/// <param name="Files">Removed from the object store.</param>
public sealed record CleanUpReport(int Blobs, int Uploads, int Files);
