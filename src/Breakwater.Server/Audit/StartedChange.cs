namespace Breakwater.Server.Audit;

/// <summary>A change of the management plane whose durable trace exists.</summary>
/// <param name="Id">Of the trace.</param>
internal sealed record StartedChange(Guid Id)
{
    /// <summary>Its outcome was given to the log.</summary>
    public bool IsRecorded { get; set; }
}
