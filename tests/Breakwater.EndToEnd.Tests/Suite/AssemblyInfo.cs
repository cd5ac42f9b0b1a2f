using Breakwater.EndToEnd.Tests.Suite;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(RunningRegistry))]
