using System.Reflection;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Breakwater.Keys.Pkcs11;

/// <summary>Pkcs11Interop asks for libdl by a name that only development packages have.</summary>
internal static class Pkcs11Native
{
    static Pkcs11Native() => NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, Resolve);

    public static Pkcs11InteropFactories CreateFactories() => new();

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "libdl" && (NativeLibrary.TryLoad("libdl.so.2", out var library) || NativeLibrary.TryLoad("libc.so", out library)) ? library : 0;
}
