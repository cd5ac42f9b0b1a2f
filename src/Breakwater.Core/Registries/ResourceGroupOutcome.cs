namespace Breakwater.Core.Registries;

public enum ResourceGroupOutcome
{
    Created,

    /// <summary>It was there; its tags are those that were sent.</summary>
    Changed,

    Deleted,

    /// <summary>It is the one that every installation has.</summary>
    IsDefault,

    /// <summary>Registries are in it, or deleted ones that can be recovered.</summary>
    HasRegistries,

    NotFound,

    LocationDiffers,
}
