namespace Breakwater.Client.Content;

public enum ItemOrder
{
    Name,

    /// <summary>The one that was changed longest ago first.</summary>
    TimeAscending,
    TimeDescending,
}
