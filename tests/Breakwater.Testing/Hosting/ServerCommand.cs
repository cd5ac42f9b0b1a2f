using System.Diagnostics;
using Breakwater.Testing.Tooling;

namespace Breakwater.Testing.Hosting;

/// <summary>The server's command line, as an operator would type it.</summary>
public static class ServerCommand
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "Breakwater.Server.dll");

    internal static ProcessStartInfo Serve(ServerOptions options, int http, int? https, int operations)
    {
        var arguments = new List<string>
        {
            Program,
            "--data", options.DataDirectory,
            "--http", $"127.0.0.1:{http}",
            "--https", https is null ? "off" : $"{options.HttpsAddress}:{https}",
            "--ops", $"127.0.0.1:{operations}",
            "--tier-limits", options.TierLimits ?? Path.Combine(AppContext.BaseDirectory, "no-limits.json"),
        };
        arguments.AddRange(options.Arguments);
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (options.ShellPrelude is null)
        {
            start.FileName = "dotnet";
            arguments.ForEach(start.ArgumentList.Add);
        }
        else
        {
            start.FileName = "bash";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(options.ShellPrelude + "; exec dotnet \"$@\"");
            start.ArgumentList.Add("server");
            arguments.ForEach(start.ArgumentList.Add);
        }
        foreach (var name in OwnVariables())
            start.Environment.Remove(name);
        foreach (var (name, value) in Variables(options))
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Runs a subcommand with <c>--data</c> and returns how it ended.</summary>
    public static Task<ToolResult> RunAsync(ServerOptions options, params string[] arguments)
    {
        var environment = OwnVariables().ToDictionary(name => name, string? (_) => null);
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_TieredPGO"] = "0";
        return Tool.Require("dotnet").TryRunAsync([Program, .. arguments, "--data", options.DataDirectory], environment);
    }

    // The server refuses BREAKWATER_ variables that it does not know, and the suites have their own.
    private static List<string> OwnVariables() =>
        [.. Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("BREAKWATER_", StringComparison.Ordinal))];

    private static Dictionary<string, string> Variables(ServerOptions options)
    {
        var variables = new Dictionary<string, string>
        {
            ["BREAKWATER_OWNER_PASSWORD"] = ServerProcess.OwnerPassword,
            ["DOTNET_NOLOGO"] = "1",
            // Crash reports would cost seconds per killed process and tell nothing new.
            ["DOTNET_DbgEnableMiniDump"] = "0",
            ["DOTNET_EnableDiagnostics"] = "0",
            // A process that lives for seconds gains nothing from being measured for a better second compilation.
            ["DOTNET_TieredPGO"] = "0",
        };
        foreach (var (name, value) in options.Environment)
            variables[name] = value;
        return variables;
    }
}
