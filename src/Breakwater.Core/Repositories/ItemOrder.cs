namespace Breakwater.Core.Repositories;

/// <summary>Order of a list of tags or manifests.</summary>
public enum ItemOrder
{
    /// <summary>By name or digest, in byte order.</summary>
    Name,

    /// <summary>By the time of the last change, oldest first.</summary>
    TimeAscending,

    /// <summary>By the time of the last change, newest first.</summary>
    TimeDescending,
}
