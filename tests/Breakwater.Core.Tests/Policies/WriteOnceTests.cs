using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Policies;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Policies;

/// <summary>Every path that moves or removes a tag, for a tag that a rule covers and for one that none does.</summary>
public sealed class WriteOnceTests : InstallationTest
{
    private Digest _first = null!, _second = null!;

    private async Task PrepareAsync()
    {
        _first = await Here.PushImageAsync("team/a", "v1", seed: 1);
        _second = await Here.PushImageAsync("team/a", "latest", seed: 2);
        await Here.SetPoliciesAsync(new RegistryPolicies { WriteOnce = [new WriteOnceRule("team/*", "v*")] });
    }

    private Task RunAsync(string operation, string tag) => operation switch
    {
        "move" => Here.PushImageAsync("team/a", tag, seed: 9),
        "untag" => Here.Open.Tags.DeleteAsync(Here.At("team/a"), TagName.Parse(tag)),
        "delete manifest" => Here.Open.Manifests.DeleteAsync(Here.At("team/a"), tag == "v1" ? _first : _second),
        _ => throw new ArgumentException(operation),
    };

    [Theory]
    [InlineData("move")]
    [InlineData("untag")]
    [InlineData("delete manifest")]
    public async Task Change_CoveredTag_IsRefusedAndAnotherIsDone(string operation)
    {
        await PrepareAsync();

        var refused = await Assert.ThrowsAsync<DisallowedException>(() => RunAsync(operation, "v1"));

        Assert.Same(OciErrors.OperationDisallowed, refused.Error);
        Assert.Contains("write-once by the rule 'team/* v*'", refused.ClientMessage, StringComparison.Ordinal);
        Assert.Equal(["latest", "v1"], await Here.TagsAsync("team/a"));
        await RunAsync(operation, "latest");
        await Here.AssertSoundAsync();
    }

    [Fact]
    public async Task DeleteRepository_HoldingACoveredTag_IsRefusedWhole()
    {
        await PrepareAsync();
        await Here.PushImageAsync("others", "v1", seed: 4);
        var before = await Here.DumpAsync();

        await TestInstallation.AssertErrorAsync(OciErrors.OperationDisallowed, () => Here.Open.Repositories.DeleteAsync(Here.At("team/a")));

        Assert.Equal(before, await Here.DumpAsync());
        await Here.Open.Repositories.DeleteAsync(Here.At("others"));
        await Here.SetPoliciesAsync(RegistryPolicies.None);
        await Here.Open.Repositories.DeleteAsync(Here.At("team/a"));
    }

    [Fact]
    public async Task Put_SameDigestOrNewTag_IsDone()
    {
        await PrepareAsync();

        Assert.Equal(_first, await Here.PushImageAsync("team/a", "v1", seed: 1));
        await Here.PushImageAsync("team/a", "v2", seed: 5);
        await Assert.ThrowsAsync<DisallowedException>(() => RunAsync("move", "v2"));
        await Here.AssertSoundAsync();
    }

    [Theory]
    [InlineData("*", "*", "a", "v1", true)]
    [InlineData("a", "v1", "a", "v1", true)]
    [InlineData("a", "v1", "a", "V1", false)]
    [InlineData("a", "v1", "a/b", "v1", false)]
    [InlineData("a/*", "*-release", "a/b/c", "2-release", true)]
    [InlineData("a/*", "*-release", "a", "2-release", false)]
    [InlineData("*", "v*.*", "a", "v1", false)]
    public void Covers_Patterns_MatchWholeNames(string repositories, string tags, string repository, string tag, bool expected) =>
        Assert.Equal(expected, new WriteOnceRule(repositories, tags).Covers(RepositoryName.Parse(repository), TagName.Parse(tag)));

    [Theory]
    [InlineData("", "*")]
    [InlineData("A", "*")]
    [InlineData("a*", "*")]
    [InlineData("a b", "*")]
    [InlineData("*", "")]
    [InlineData("*", "a b")]
    [InlineData("*", "a\nb")]
    [InlineData("*", "a?")]
    [InlineData("*", ".a")]
    public void Rule_ThatMatchesNothing_IsRefused(string repositories, string tags) => Assert.Throws<InvalidValueException>(() => new WriteOnceRule(repositories, tags));
}
