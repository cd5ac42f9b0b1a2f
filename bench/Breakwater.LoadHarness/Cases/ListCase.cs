using System.Text.Json;
using Breakwater.LoadHarness.Http;
using Breakwater.LoadHarness.Registry;

namespace Breakwater.LoadHarness.Cases;

/// <summary>
/// A listing, following <c>Link</c> to its end when all entries are wanted. All names have one length, so the length of a body tells the
/// number of entries; <see cref="Check"/> counts them properly.
/// </summary>
internal sealed class ListCase(string scope, Func<string> path, int entries, bool toTheEnd) : LoadCase
{
    public override IReadOnlyList<string> Scopes => [scope];

    protected override void Operate(RegistryClient client)
    {
        var bytes = Walk(client, BodyMode.Discard, _ => { });
        if (bytes < entries * 10L)
            throw new HarnessException($"A listing of {entries} entries has only {bytes} bytes.");
    }

    protected override void Check(RegistryClient client)
    {
        var names = new HashSet<string>();
        Walk(client, BodyMode.Capture, body =>
        {
            using var json = JsonDocument.Parse(body);
            var list = json.RootElement.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Array).Value;
            names.UnionWith(list.EnumerateArray().Select(e => e.GetString()!));
        });
        if (toTheEnd ? names.Count != entries : names.Count < entries)
            throw new HarnessException($"A listing has {names.Count} entries instead of {entries}.");
    }

    private long Walk(RegistryClient client, BodyMode mode, Action<byte[]> page)
    {
        long bytes = 0;
        for (var next = path(); next is not null;)
        {
            var reply = client.Get(next, mode);
            bytes += reply.BodyLength;
            page(reply.Body);
            next = toTheEnd ? NextPage(reply.Headers.Link) : null;
        }

        return bytes;
    }

    private static string? NextPage(string? link)
    {
        if (link is null)
            return null;
        var target = link[(link.IndexOf('<') + 1)..link.IndexOf('>')];
        return target.StartsWith('/') ? target : new Uri(target).PathAndQuery;
    }
}
