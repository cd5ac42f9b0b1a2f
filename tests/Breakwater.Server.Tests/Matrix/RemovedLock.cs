namespace Breakwater.Server.Tests.Matrix;

/// <summary>Which of the locks a test has taken away.</summary>
internal enum RemovedLock
{
    None,

    /// <summary>Every endpoint demands as little as can be: any one right of its kind.</summary>
    Demand,

    /// <summary>Nothing stands between routing and the endpoints.</summary>
    Gate,
}
