using Breakwater.Core.Keys;
using Breakwater.Core.Network;

namespace Breakwater.Core.Tests.Keys;

public sealed class KeyStoreFileTests : IDisposable
{
    private const string Rules = """[{"key":"mem:a*","registries":["team*"]}]""";

    private readonly string _folder = TestFolder.Create();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<KeyStore> Read(string text)
    {
        var file = Path.Combine(_folder, "stores.json");
        File.WriteAllText(file, text);
        return KeyStoreFile.Read(file, new KeyStoreTypes { ["mem"] = entry => { entry.Read<Nothing>(); return new MemoryKeyStore(); } }, new EgressGuard([]), TimeProvider.System);
    }

    private sealed record Nothing;

    [Fact]
    public void Read_NoFile_IsNone() => Assert.Empty(KeyStoreFile.Read(null, [], new EgressGuard([]), TimeProvider.System));

    [Fact]
    public void Read_OneStore_HasItsRules()
    {
        var store = Assert.Single(Read($$"""[{"name":"one","type":"mem","options":{},"keys":{{Rules}}}]"""));
        Assert.True(store.Rules.Single().Allows("mem:alpha", "TeamBlue"));
        Assert.False(store.Rules.Single().Allows("mem:beta", "TeamBlue"));
        Assert.False(store.Rules.Single().Allows("mem:alpha", "other"));
        Assert.False(store.Rules.Single().Allows("xmem:alpha", "team"));
    }

    [Theory]
    [InlineData("mem:a", "mem:a", true)]
    [InlineData("mem:a", "mem:ab", false)]
    [InlineData("mem:?", "mem:a", false)]
    [InlineData("mem:*", "mem:", true)]
    [InlineData("*", "anything", true)]
    [InlineData("mem:A", "mem:a", false)]
    public void Rule_Pattern_AllowsWhatItSays(string pattern, string key, bool allows) => Assert.Equal(allows, new KeyRule(pattern, ["*"]).Allows(key, "any"));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""[{"name":"one","type":"other","options":{},"keys":[]}]""")]
    [InlineData("""[{"name":"file","type":"mem","options":{},"keys":[]}]""")]
    [InlineData("""[{"name":"","type":"mem","options":{},"keys":[]}]""")]
    [InlineData("""[{"name":"one","type":"mem","options":{},"keys":[]},{"name":"one","type":"mem","options":{},"keys":[]}]""")]
    [InlineData("""[{"name":"one","type":"mem","options":{}}]""")]
    [InlineData("""[{"name":"one","type":"mem","options":{"pin":1},"keys":[]}]""")]
    [InlineData("""[{"name":"one","type":"mem","options":{},"keys":[{"key":"","registries":["*"]}]}]""")]
    [InlineData("""[{"name":"one","type":"mem","options":{},"keys":[{"key":"mem:*","registries":[]}]}]""")]
    [InlineData("""[{"name":"one","type":"mem","options":{},"keys":[],"more":1}]""")]
    public void Read_FileThatCannotBeUsed_SaysWhy(string text) => Assert.Contains("stores.json cannot be read: ", Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadSecret_FileGone_IsUnreachable()
    {
        var entry = new KeyStoreEntry("one", default, _folder, new EgressGuard([]), TimeProvider.System);
        Assert.Equal(KeyFailure.Unreachable, Assert.Throws<KeyUnavailableException>(() => entry.ReadSecret("none")).Failure);
        File.WriteAllText(Path.Combine(_folder, "pin"), "12 34\r\n");
        Assert.Equal("12 34", entry.ReadSecret("pin").Reveal());
    }
}
