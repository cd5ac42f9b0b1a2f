namespace Breakwater.Faults.Tests.Injection;

/// <summary>What happens at the chosen call; the values are those of <c>enum action</c> in faultfs.c.</summary>
public enum FaultAction
{
    Count = 0,
    Fail = 1,
    ShortWrite = 2,
    KillBefore = 3,
    KillAfter = 4,
}
