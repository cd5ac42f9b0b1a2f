using Breakwater.Faults.Tests.Suite;

// Each test drives the machine hard on its own; two at once would measure each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(HeavySuite))]
