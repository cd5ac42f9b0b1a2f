namespace Breakwater.Faults.Tests.Injection;

/// <summary>Kinds of calls; the values are those of <c>enum op</c> in faultfs.c.</summary>
[Flags]
public enum Calls
{
    None = 0,
    Write = 1,
    Sync = 2,
    Create = 4,
    Rename = 8,
    Unlink = 16,
    Link = 32,
    Truncate = 64,
    Allocate = 128,
}
