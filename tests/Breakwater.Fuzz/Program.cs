using Breakwater.Fuzz;
using SharpFuzz;

// Breakwater.Fuzz TARGET             under afl-fuzz; without it, one input from the standard input
// Breakwater.Fuzz TARGET libfuzzer   under libfuzzer-dotnet
if (args is not [var name, .. var rest] || FuzzTarget.Find(name) is not { } target || rest is not ([] or ["libfuzzer"]))
{
    await Console.Error.WriteLineAsync($"Name a target: {string.Join(", ", FuzzTarget.All.Select(known => known.Name))}; and libfuzzer if it runs under that.");
    return 2;
}
if (rest is ["libfuzzer"])
{
    Fuzzer.LibFuzzer.Run(input => target.Run(input));
}
else
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.Run(input.ToArray());
    });
}
return 0;
