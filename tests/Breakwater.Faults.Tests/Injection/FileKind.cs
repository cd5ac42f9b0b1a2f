namespace Breakwater.Faults.Tests.Injection;

/// <summary>What an open descriptor is; the values are those of <c>enum kind</c> in faultfs.c.</summary>
public enum FileKind
{
    Anything = 0,
    File = 1,
    Directory = 2,
}
