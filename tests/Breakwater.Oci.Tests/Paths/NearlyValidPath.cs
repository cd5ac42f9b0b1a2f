namespace Breakwater.Oci.Tests.Paths;

public sealed record NearlyValidPath(string Raw);
