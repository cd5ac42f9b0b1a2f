namespace Breakwater.Server.Configuration;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command ran and did not succeed, or the server could not start.</summary>
    public const int Failed = 1;

    /// <summary>What was asked for cannot be understood: flags, environment or file.</summary>
    public const int BadSettings = 2;
}
