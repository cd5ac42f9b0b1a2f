using Breakwater.LoadHarness;
using Breakwater.LoadHarness.Cases;
using Breakwater.LoadHarness.Measure;
using Breakwater.LoadHarness.Report;
using Breakwater.LoadHarness.Sandbox;
using Breakwater.LoadHarness.Targets;

if (args is [NullServer.Command, .. var serverArguments])
{
    NullServer.Run(serverArguments);
    return 0;
}

try
{
    if (args.Contains("--help"))
    {
        Console.WriteLine(HarnessOptions.Usage);
        return 0;
    }

    var options = HarnessOptions.Parse(args);
    return options.List || NetworkSandbox.Inside ? Run(options) : NetworkSandbox.RunInside(args);
}
catch (HarnessException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

int Run(HarnessOptions options)
{
    BenchCase[] cases = [.. AllCases.List().Where(c => Selected(c, options))];
    if (options.List || cases.Length == 0)
    {
        foreach (var benchCase in cases)
            Console.WriteLine(benchCase.Name);
        return cases.Length == 0 ? 2 : 0;
    }

    using var only = OnlyRun.Take();
    RegistryTarget[] targets = [.. options.Targets.Select(name => Target(name, options))];
    var rows = new Runner(targets, options).Run(cases);
    var report = RunHeader.Write(options, args) + MarkdownReport.Write(targets, rows);
    Console.WriteLine(report);
    if (options.OutFile is not null)
        File.WriteAllText(options.OutFile, report);
    return rows.All(row => row.All(r => r.Measured)) ? 0 : 1;
}

static bool Selected(BenchCase benchCase, HarnessOptions options) =>
    !(options.SkipLong && benchCase.Long)
    && (options.Patterns.Count == 0
        || options.Patterns.Any(p => p.Split(' ').All(word => benchCase.Name.Contains(word, StringComparison.OrdinalIgnoreCase))));

static RegistryTarget Target(string name, HarnessOptions options) => name switch
{
    "peer" => new PeerTarget(options.WorkFolder),
    "breakwater" => new BreakwaterTarget(options.WorkFolder, options.ServerDll),
    "rules" => new BreakwaterTarget(options.WorkFolder, options.ServerDll, networkRules: 200),
    "null" => new NullTarget(options.WorkFolder),
    _ => throw new HarnessException($"{name} is not a server; there are peer, breakwater, rules and null."),
};
