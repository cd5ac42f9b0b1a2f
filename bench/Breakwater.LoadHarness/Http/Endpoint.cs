namespace Breakwater.LoadHarness.Http;

/// <summary>Where a server listens. The address is always 127.0.0.1: load never leaves the machine.</summary>
internal sealed record Endpoint(int Port, bool Tls)
{
    public string Authority { get; } = $"127.0.0.1:{Port}";
}
