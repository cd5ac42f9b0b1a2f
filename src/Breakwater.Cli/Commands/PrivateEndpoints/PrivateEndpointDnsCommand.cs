using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary><c>breakwater private-endpoint dns</c></summary>
internal sealed class PrivateEndpointDnsCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The private endpoint.", "--name", "-n");
    private readonly Option<bool> check = new("--check") { Description = "End with an error unless every name resolves here as it is to." };

    public PrivateEndpointDnsCommand()
        : base("dns", "Show the lines that the private network's name server needs, and what their names resolve to from here.")
    {
        name.AddTo(this);
        Add(check);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var endpoint = await call.Connection.Management.PrivateEndpoints.GetAsync(name.In(call), call.Stop);
        var wanted = endpoint.Properties?.CustomDnsConfigs ?? [];
        if (wanted.Count == 0)
            throw new BreakwaterException(ErrorKind.NotFound, $"The private endpoint {endpoint.Name} leads nowhere: its connection or its listener is gone.", "Look at it with 'breakwater private-endpoint show'.");
        var lines = await call.EachAsync("Asking the name server…", wanted, entry => ResolveAsync(entry, call.Stop));
        if (call.Value(check) && lines.Find(line => !line.IsRight) is { } wrong)
            throw new BreakwaterException(ErrorKind.Failed, $"{wrong.Name} resolves to {(wrong.Found.Count == 0 ? "nothing" : string.Join(", ", wrong.Found))} here.", $"The private network's name server needs the line: {wrong.Line}");
        return Answer.List(lines, PrivateEndpointColumns.Dns);
    }

    private static async Task<DnsLine> ResolveAsync(DnsEntry entry, CancellationToken stop)
    {
        var found = await FindAsync(entry.Fqdn, stop);
        var address = entry.IpAddresses.Count > 0 ? entry.IpAddresses[0] : "";
        var line = $"{entry.Fqdn}. IN {(address.Contains(':', StringComparison.Ordinal) ? "AAAA" : "A")} {address}";
        return new DnsLine(entry.Fqdn, line, found, found.Count > 0 && found.All(entry.IpAddresses.Contains));
    }

    private static async Task<IReadOnlyList<string>> FindAsync(string host, CancellationToken stop)
    {
        try
        {
            return [.. (await Dns.GetHostAddressesAsync(host, stop)).Select(address => address.ToString()).Order(StringComparer.Ordinal)];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <param name="Line">As a zone file has it (RFC 1035 section 5).</param>
    private sealed record DnsLine(string Name, string Line, IReadOnlyList<string> Found, bool IsRight);
}
