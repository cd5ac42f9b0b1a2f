namespace Breakwater.LoadHarness.Http;

/// <summary>What becomes of a response's body. Its length is checked in every mode.</summary>
internal enum BodyMode
{
    /// <summary>Read and dropped: the timed window.</summary>
    Discard,

    /// <summary>Kept in memory: control requests and listings outside the timed window.</summary>
    Capture,

    /// <summary>Hashed with SHA-256: samples outside the timed window.</summary>
    Hash,
}
