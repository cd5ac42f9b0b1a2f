using Breakwater.Testing.Tooling;

namespace Breakwater.Faults.Tests.Injection;

/// <summary>Compiles the preloaded library; it is small enough to do so per test.</summary>
internal static class FaultLibrary
{
    public static async Task<string> BuildAsync(string folder)
    {
        var compiler = Tool.Require("gcc");
        var source = Path.Combine(AppContext.BaseDirectory, "faultfs.c");
        var library = Path.Combine(folder, "faultfs.so");
        await compiler.RunAsync(["-shared", "-fPIC", "-O1", "-Wall", "-o", library, source, "-ldl"]);
        return library;
    }
}
