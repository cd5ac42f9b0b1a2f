using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Breakwater.Cli.Running;
using Breakwater.Client;
using Breakwater.Client.Content;
using Breakwater.Client.Errors;
using Breakwater.Oci;

namespace Breakwater.Cli.Commands.Operations;

/// <summary>What stands between this machine and a push, looked at one after the other. After the first failure the rest would fail for its reason.</summary>
internal sealed class HealthChecks(Invocation call, RepositoryName? repository, Func<Task<ContentClient>> content)
{
    // Tokens are good for 15 minutes and back-dated by none: beyond this they would be refused.
    private static readonly TimeSpan MaxClockDifference = TimeSpan.FromMinutes(2);

    private readonly List<HealthCheck> done = [];
    private bool failed;

    public async Task<IReadOnlyList<HealthCheck>> RunAsync()
    {
        await StepAsync("Name", ResolveAsync);
        await StepAsync("Connection and certificate", ConnectAsync);
        await StepAsync("Clock", CompareClocksAsync);
        await StepAsync("Sign-in", SignInAsync);
        await StepAsync("Registry token", ExchangeAsync);
        if (repository is null)
            done.Add(new HealthCheck("Push and pull", null, "not tried", "Name a repository with --repository to push a tiny artifact and pull it again."));
        else
            await StepAsync("Push and pull", PushAndPullAsync);
        return done;
    }

    private async Task StepAsync(string name, Func<Task<HealthCheck>> look)
    {
        if (failed)
        {
            done.Add(new HealthCheck(name, null, "not tried"));
            return;
        }
        try
        {
            var found = await look();
            done.Add(found with { Name = name });
            failed = found.Ok is false;
        }
        catch (BreakwaterException e)
        {
            failed = true;
            done.Add(new HealthCheck(name, false, e.Message + (e.CorrelationId is { } id ? $" (correlation id {id})" : ""), e.Remedy));
        }
    }

    private async Task<HealthCheck> ResolveAsync()
    {
        var host = call.Connection.Server.Uri.IdnHost;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, call.Stop);
            return Good($"{host} is {string.Join(", ", addresses.Select(address => address.ToString()))}");
        }
        catch (SocketException e)
        {
            return new HealthCheck("", false, $"{host} has no address: {e.Message}", "Check its spelling, and the name service of this machine.");
        }
    }

    private async Task<HealthCheck> ConnectAsync()
    {
        var server = call.Connection.Server;
        await ServerInfo.GetAsync(call.Connection.Channel, server, call.Stop);
        return server.IsHttps ? Good($"{server} answers, and its certificate is trusted") : Good($"{server} answers, over http: only this machine should be reached so");
    }

    private async Task<HealthCheck> CompareClocksAsync()
    {
        var info = await ServerInfo.GetAsync(call.Connection.Channel, call.Connection.Server, call.Stop);
        if (info.Tenant != call.Connection.Profile.Tenant)
            return new HealthCheck("", false, "Another installation answers than the one that you signed in to.", "If the server was set up anew, sign in again with 'breakwater login'.");
        if (info.Time is not { } time)
            return Good("the server tells no time");
        var difference = (time - call.Around.Clock.GetUtcNow()).Duration();
        var text = string.Create(CultureInfo.InvariantCulture, $"{difference.TotalSeconds:0} s apart from the server's");
        return difference <= MaxClockDifference ? Good(text) : new HealthCheck("", false, text, "Set the clocks by NTP, here and there.");
    }

    private async Task<HealthCheck> SignInAsync()
    {
        await call.Connection.Session.GetExchangeableAsync(call.Stop);
        return Good($"signed in as {call.Connection.Profile.SignIn.Account}");
    }

    private async Task<HealthCheck> ExchangeAsync()
    {
        var registry = await content();
        // A kept one would say nothing about now.
        await call.Connection.Session.DropRegistryAsync(registry.Server.Authority, call.Stop);
        await registry.Tokens.GetRefreshAsync(call.Stop);
        return Good($"{registry.Server.Authority} gave one");
    }

    private async Task<HealthCheck> PushAndPullAsync()
    {
        var registry = await content();
        var image = await TinyArtifact.PushAsync(registry, repository!, call.Around.Clock.GetUtcNow(), call.Stop);
        var back = await TinyArtifact.PullAsync(registry, repository!, image, call.Stop);
        var removed = await TinyArtifact.TryDeleteAsync(registry, repository!, image, call.Stop);
        var text = new StringBuilder($"{repository}:{image.Tag} {(back ? "came back as it was pushed" : "came back changed")}");
        text.Append(removed ? ", and is deleted again" : $"; you may not delete it: it stays under the tag {image.Tag}");
        return back ? Good(text.ToString()) : new HealthCheck("", false, text.ToString(), "Something in between changes content: look at the proxies.");
    }

    private static HealthCheck Good(string finding) => new("", true, finding);
}
