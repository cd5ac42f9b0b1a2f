using Breakwater.Core.Identity;
using Breakwater.Core.Registries;

namespace Breakwater.Core.Tests.Registries;

/// <summary>Registries and webhooks keep the same tags.</summary>
public sealed class ResourceTagsTests
{
    [Theory]
    [InlineData(50, 512, 256, true)]
    [InlineData(51, 1, 1, false)]
    [InlineData(1, 513, 1, false)]
    [InlineData(1, 1, 257, false)]
    [InlineData(1, 0, 1, false)]
    public void Require_AtAndBeyondArmsLimits_IsKeptOrRefused(int count, int name, int value, bool kept)
    {
        var tags = Enumerable.Range(0, count).ToDictionary(i => name == 0 ? "" : $"{i}".PadRight(name, 'n')[..Math.Max(name, $"{i}".Length)], _ => new string('v', value));

        var problem = Record.Exception(() => ResourceTags.Require(tags));

        Assert.Equal(kept, problem is null);
        Assert.True(kept || problem is InvalidValueException { Message: var message } && message.Contains("50 tags", StringComparison.Ordinal));
    }

    [Fact]
    public void Require_NoValue_IsRefused() => Assert.Throws<InvalidValueException>(() => ResourceTags.Require(new Dictionary<string, string> { ["a"] = null! }));
}
