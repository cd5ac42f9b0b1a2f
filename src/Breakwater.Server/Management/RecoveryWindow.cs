namespace Breakwater.Server.Management;

/// <param name="Length">How long a deleted registry can be recovered.</param>
internal sealed record RecoveryWindow(TimeSpan Length);
