using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.PrivateEndpoints;

/// <summary><c>breakwater private-endpoint create</c></summary>
internal sealed class PrivateEndpointCreateCommand : CliCommand
{
    private readonly Subject name = new("NAME", "The new private endpoint's name.", "--name", "-n");
    private readonly RegistryOptions registry = RegistryOptions.Plain();
    private readonly Option<string?> listener = new("--listener") { Description = "The server's private listener by which it leads. Default: the only one.", HelpName = "LISTENER" };
    private readonly Option<string[]?> prefixes = new("--source-prefixes") { Description = "Networks of its clients, such as 10.8.0.0/24.", HelpName = "NETWORK", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> authority = new("--client-ca") { Description = "A PEM file: its clients must have a certificate of this authority.", HelpName = "FILE" };
    private readonly Option<string?> message = new("--request-message") { Description = "For whoever approves it.", HelpName = "TEXT" };
    private readonly Option<bool> manual = new("--manual-request") { Description = "Let somebody else approve it, even if you could." };

    public PrivateEndpointCreateCommand()
        : base("create", "Ask for a private endpoint of a registry. It is approved at once if you may approve.")
    {
        name.AddTo(this);
        registry.AddTo(this);
        Add(listener);
        Add(prefixes);
        Add(authority);
        Add(message);
        Add(manual);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var (endpoint, id) = (name.In(call), await call.RegistryIdAsync(registry));
        PrivateLink[] links = [new PrivateLink { Name = endpoint, Properties = new PrivateLinkProperties { PrivateLinkServiceId = $"{id}", GroupIds = ["registry"], RequestMessage = call.Value(message) } }];
        var wanted = new PrivateEndpointProperties
        {
            Listener = call.Value(listener),
            SourcePrefixes = call.Value(prefixes),
            ClientCertificateAuthority = call.Value(authority) is { } file ? await ReadAsync(file, call.Stop) : null,
            PrivateLinkServiceConnections = call.Value(manual) ? null : links,
            ManualPrivateLinkServiceConnections = call.Value(manual) ? links : null,
        };
        var client = call.Connection.Management.PrivateEndpoints;
        await Creation.RequireNewAsync($"a private endpoint {endpoint}", () => client.GetAsync(endpoint, call.Stop));
        return Answer.Item(await client.PutAsync(endpoint, wanted, call.Stop), PrivateEndpointColumns.List);
    }

    private static async Task<string> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return await File.ReadAllTextAsync(file, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BreakwaterException(ErrorKind.Invalid, $"{file} cannot be read: {e.Message}", "Name a readable PEM file.");
        }
    }
}
