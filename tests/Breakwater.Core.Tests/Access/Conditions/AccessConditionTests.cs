using Breakwater.Core.Access.Conditions;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Access.Conditions;

public sealed class AccessConditionTests
{
    private const string Content = "Microsoft.ContainerRegistry/registries/repositories/content/read";
    private const string Metadata = "Microsoft.ContainerRegistry/registries/repositories/metadata/read";
    private const string Write = "Microsoft.ContainerRegistry/registries/repositories/content/write";
    private const string Name = "@Request[Microsoft.ContainerRegistry/registries/repositories:name]";

    // As Azure's portal writes it.
    private const string Usual =
        """
        ((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'}))
         OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEqualsIgnoreCase 'nginx'))
        """;

    private static bool Allows(string condition, string action, string? repository) =>
        AccessCondition.Parse(condition).Allows(action, repository is null ? null : RepositoryName.Parse(repository));

    [Theory]
    [InlineData(Content, "nginx", true)]
    [InlineData(Metadata, "nginx", true)]
    [InlineData(Content, "nginx/x", false)]
    [InlineData(Metadata, "other", false)]
    [InlineData(Write, "other", true)]
    [InlineData(Write, null, true)]
    [InlineData(Content, null, false)]
    public void Allows_UsualCondition_NarrowsTheActionsItNames(string action, string? repository, bool expected) =>
        Assert.Equal(expected, Allows(Usual, action, repository));

    [Theory]
    [InlineData("StringEquals 'a/b'", "a/b", true)]
    [InlineData("StringEquals 'A/B'", "a/b", false)]
    [InlineData("StringNotEquals 'a/b'", "a/b", false)]
    [InlineData("StringStartsWith 'a/'", "a/b", true)]
    [InlineData("StringStartsWith 'a/'", "ab", false)]
    [InlineData("stringstartswithignorecase 'A/'", "a/b", true)]
    [InlineData("StringNotStartsWith 'a/'", "b/a", true)]
    [InlineData("StringLike 'a/*-prod'", "a/x-prod", true)]
    [InlineData("StringLike 'a/*-prod'", "a/x-prod2", false)]
    [InlineData("StringLike 'a?c'", "abc", true)]
    [InlineData("StringNotLike '*b*'", "abc", false)]
    public void Allows_Operator_ComparesTheName(string comparison, string repository, bool expected) =>
        Assert.Equal(expected, Allows($"{Name} {comparison}", Content, repository));

    [Theory]
    [InlineData("StringNotEquals 'a'")]
    [InlineData("StringEquals 'a'")]
    public void Allows_WithoutRepository_NameGrantsNothingAlsoNegated(string comparison)
    {
        Assert.False(Allows($"{Name} {comparison}", Content, null));
        Assert.False(Allows($"!({Name} {comparison})", Content, null));
        Assert.False(Allows($"NOT NOT {Name} {comparison} AND ActionMatches{{'*'}}", Content, null));
        Assert.True(Allows($"{Name} {comparison} OR ActionMatches{{'*'}}", Content, null));
    }

    [Theory]
    [InlineData("ActionMatches{'a'} AND ActionMatches{'x'} OR ActionMatches{'*'}", true)]
    [InlineData("ActionMatches{'*'} || ActionMatches{'*'} && ActionMatches{'x'}", true)]
    [InlineData("!ActionMatches{'*'} OR ActionMatches{'x'}", false)]
    [InlineData("not(ActionMatches{'x'})and(ActionMatches{'*/read'})", true)]
    public void Allows_Precedence_IsNotThenAndThenOr(string condition, bool expected) => Assert.Equal(expected, Allows(condition, Content, "a"));

    [Theory]
    [InlineData("", 1)]
    [InlineData("true", 1)]
    [InlineData("(ActionMatches{'a'}", 20)]
    [InlineData("ActionMatches{'a'", 18)]
    [InlineData("ActionMatches{'a", 17)]
    [InlineData("ActionMatches{'a'} ActionMatches{'b'}", 20)]
    [InlineData("SubOperationMatches{'a'}", 1)]
    [InlineData("@Request[Microsoft.Storage/x:name] StringEquals 'a'", 10)]
    [InlineData("@Request[Microsoft.ContainerRegistry/registries/repositories:name] NumericEquals 'a'", 68)]
    [InlineData("@Principal[x] StringEquals 'a'", 1)]
    public void TryParse_WhatItDoesNotKnow_IsRefusedWithItsPlace(string text, int place)
    {
        Assert.False(AccessCondition.TryParse(text, out _, out var problem));
        Assert.Contains($"at character {place}:", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_TooLongOrTooDeep_IsRefused()
    {
        Assert.False(AccessCondition.TryParse(new string('(', 40) + "ActionMatches{'a'}" + new string(')', 40), out _, out _));
        Assert.False(AccessCondition.TryParse(new string('!', 8000) + "ActionMatches{'a'}", out _, out _));
        Assert.False(AccessCondition.TryParse(string.Join(" OR ", Enumerable.Repeat("ActionMatches{'a'}", 1000)), out _, out var problem));
        Assert.Contains("at most 8192", problem, StringComparison.Ordinal);
        Assert.True(AccessCondition.TryParse(string.Join(" OR ", Enumerable.Repeat("ActionMatches{'a'}", 300)), out _, out _));
    }
}
