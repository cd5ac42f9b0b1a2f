namespace Breakwater.LoadHarness;

/// <summary>Ends the run with one line for the person who started it.</summary>
internal sealed class HarnessException(string message) : Exception(message);
