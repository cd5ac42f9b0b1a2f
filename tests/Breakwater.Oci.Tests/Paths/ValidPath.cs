using System.Text;

namespace Breakwater.Oci.Tests.Paths;

/// <summary>A name and a tail; the seed chooses which of their slashes and colons are encoded, and in which case.</summary>
public sealed record ValidPath(string Name, string Tail, int Seed)
{
    public string Encode()
    {
#pragma warning disable CA5394 // Chooses among spellings; no secret.
        var random = new Random(Seed);
        var raw = new StringBuilder("/v2/");
        foreach (var c in $"{Name}/{Tail}")
        {
            raw.Append((c, random.Next(3)) switch
            {
                ('/', 1) => "%2F",
                ('/', 2) => "%2f",
                (':', 1) => "%3A",
                (':', 2) => "%3a",
                _ => c.ToString(),
            });
        }
#pragma warning restore CA5394
        return raw.ToString();
    }
}
