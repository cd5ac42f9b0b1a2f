namespace Breakwater.Core.Events;

/// <summary>What has become of an event. The numbers stand in the database.</summary>
public enum EventState
{
    Waiting = 0,
    Delivered = 1,

    /// <summary>Given up: it stays for some time and can be sent anew.</summary>
    Dead = 2,
}
