namespace Breakwater.Core.Tiers;

/// <summary>What one upload has reserved; only the request that holds the upload touches it.</summary>
internal sealed class Reservation
{
    public long Bytes { get; set; }
}
