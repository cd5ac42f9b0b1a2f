namespace Breakwater.Core.Events;

/// <summary>In which form events are told. The numbers stand in the database.</summary>
public enum PayloadFormat
{
    /// <summary>As Azure Container Registry's webhooks.</summary>
    Acr = 0,

    /// <summary>CloudEvents 1.0 in structured mode, with the same as its data.</summary>
    CloudEvents = 1,
}
