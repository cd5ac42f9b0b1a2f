using Breakwater.Oci;

namespace Breakwater.Core.Storage;

/// <summary>What a failed call of the object store means to a client.</summary>
internal static class StorageFailure
{
    private const int NoSpace = 28, QuotaExceeded = 122;

    public static OciException ToOciException(Exception e) => new(IsFull(e) ? OciErrors.StorageFull : OciErrors.Unavailable, inner: e);

    // On Unix the error number stands in HResult.
    private static bool IsFull(Exception e) => e is DiskFullException || (e.HResult & 0xFFFF) is NoSpace or QuotaExceeded;
}
