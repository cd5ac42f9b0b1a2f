using System.Runtime.InteropServices;
using Xunit;

namespace Breakwater.Testing.Tooling;

/// <summary>The environment that native libraries see.</summary>
internal static partial class NativeEnvironment
{
    public static void Set(string name, string value) => Assert.Equal(0, SetVariable(name, value, overwrite: 1));

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
