using Breakwater.Cli.Running;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C ends the work in order, the second one ends the process.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
return await new CommandLine(Surroundings.OfProcess()).InvokeAsync(args, stop.Token);
