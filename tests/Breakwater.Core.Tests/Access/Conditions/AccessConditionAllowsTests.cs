using Breakwater.Core.Access.Conditions;
using Breakwater.Oci;
using static Breakwater.Core.Tests.Access.Conditions.ConditionTexts;

namespace Breakwater.Core.Tests.Access.Conditions;

public sealed class AccessConditionAllowsTests
{
    private const string Read = "ActionMatches{'" + ContentRead + "'}";
    private const string Write = "ActionMatches{'" + ContentWrite + "'}";

    [Theory]
    [InlineData(ContentRead, "nginx", true)]
    [InlineData(MetadataRead, "nginx", true)]
    [InlineData(ContentRead, "nginx2", false)]
    [InlineData(ContentRead, "library/nginx", false)]
    [InlineData(MetadataRead, "redis", false)]
    [InlineData("microsoft.containerregistry/REGISTRIES/repositories/content/read", "redis", false)]
    [InlineData(ContentWrite, "redis", true)]
    [InlineData(CatalogRead, null, true)]
    [InlineData(ContentRead, null, false)]
    public void Allows_ConditionOfARepositoryReader_NarrowsOnlyTheActionsItNames(string action, string? repository, bool expected) =>
        AssertAllows(expected, Reader, action, repository);

    [Theory]
    [InlineData("StringEquals 'team/app'", true)]
    [InlineData("StringEquals 'Team/App'", false)]
    [InlineData("StringEquals 'team/ap'", false)]
    [InlineData("StringEquals 'team/*'", false)]
    [InlineData("StringEqualsIgnoreCase 'TEAM/app'", true)]
    [InlineData("StringEqualsIgnoreCase 'TEAM'", false)]
    [InlineData("StringNotEquals 'team/app'", false)]
    [InlineData("StringNotEquals 'Team/app'", true)]
    [InlineData("StringNotEqualsIgnoreCase 'Team/app'", false)]
    [InlineData("StringStartsWith 'team/'", true)]
    [InlineData("StringStartsWith 'team/app'", true)]
    [InlineData("StringStartsWith 'team/app/x'", false)]
    [InlineData("StringStartsWith 'app'", false)]
    [InlineData("StringStartsWith 'TEAM/'", false)]
    [InlineData("StringStartsWithIgnoreCase 'TEAM/'", true)]
    [InlineData("StringNotStartsWith 'team/'", false)]
    [InlineData("StringNotStartsWith 'Team/'", true)]
    [InlineData("StringNotStartsWithIgnoreCase 'Team/'", false)]
    [InlineData("StringLike '*'", true)]
    [InlineData("StringLike 'team/*'", true)]
    [InlineData("StringLike '*/app'", true)]
    [InlineData("StringLike 't*m/a*p'", true)]
    [InlineData("StringLike 't**p'", true)]
    [InlineData("StringLike 'team/app*'", true)]
    [InlineData("StringLike 'team/???'", true)]
    [InlineData("StringLike 'team/??'", false)]
    [InlineData("StringLike 'team/????'", false)]
    [InlineData("StringLike 'team'", false)]
    [InlineData("StringLike '*a'", false)]
    [InlineData(@"StringLike 'team/\*'", false)]
    [InlineData(@"StringLike 'team/ap\?'", false)]
    [InlineData("StringLike 'T*'", false)]
    [InlineData("StringLikeIgnoreCase 'T*P'", true)]
    [InlineData("StringLikeIgnoreCase 'TEAM?APP'", true)]
    [InlineData("StringLikeIgnoreCase 'TEAMOAPP'", false)]
    [InlineData("StringNotLike 'team/*'", false)]
    [InlineData("StringNotLike 'T*'", true)]
    [InlineData("StringNotLikeIgnoreCase 'T*'", false)]
    [InlineData("ForAnyOfAnyValues:StringEquals {'a', 'team/app'}", true)]
    [InlineData("ForAnyOfAnyValues:StringEquals {'a', 'b'}", false)]
    [InlineData("ForAnyOfAnyValues:StringEqualsIgnoreCase {'a', 'TEAM/APP'}", true)]
    [InlineData("ForAnyOfAnyValues:StringLike {'a*', 't*'}", true)]
    [InlineData("ForAnyOfAnyValues:StringLikeIgnoreCase {'a*', 'T*'}", true)]
    [InlineData("ForAnyOfAnyValues:StringNotEquals {'team/app'}", false)]
    [InlineData("ForAnyOfAnyValues:StringNotEquals {'team/app', 'b'}", true)]
    [InlineData("ForAnyOfAnyValues:StringNotLike {'team/*', 't*'}", false)]
    public void Allows_EachOperator_ComparesTheName(string comparison, bool expected)
    {
        AssertAllows(expected, $"{Name} {comparison}", ContentRead, "team/app");
        AssertAllows(expected, $"@Resource[Microsoft.ContainerRegistry/registries/repositories:name] {comparison}", ContentRead, "team/app");
        AssertAllows(!expected, $"!{Name} {comparison}", ContentRead, "team/app");
    }

    [Theory]
    [InlineData(ContentRead, true)]
    [InlineData("MICROSOFT.CONTAINERREGISTRY/registries/repositories/content/READ", true)]
    [InlineData("*", true)]
    [InlineData("*/read", true)]
    [InlineData(ActionPrefix + "*", true)]
    [InlineData(ActionPrefix + "*/read", true)]
    [InlineData("microsoft.*/content/*", true)]
    [InlineData(ContentRead + "*", true)]
    [InlineData(ActionPrefix + "content", false)]
    [InlineData("content/read", false)]
    [InlineData(ActionPrefix + "metadata/*", false)]
    [InlineData("*/write", false)]
    public void Allows_ActionPattern_IsComparedWithoutRegardToCase(string pattern, bool expected)
    {
        AssertAllows(expected, $"ActionMatches{{'{pattern}'}}", ContentRead, "a");
        AssertAllows(expected, $"ActionMatches{{'{pattern}'}}", ContentRead, null);
    }

    /// <summary>A name that is absent satisfies nothing, in whatever way it is asked.</summary>
    [Theory]
    [InlineData($"{Name} StringEquals 'a'", false)]
    [InlineData($"{Name} StringNotEquals 'a'", false)]
    [InlineData($"{Name} StringLike '*'", false)]
    [InlineData($"{Name} ForAnyOfAnyValues:StringNotLike {{'a', 'b'}}", false)]
    [InlineData($"!({Name} StringEquals 'a')", false)]
    [InlineData($"!({Name} StringNotEquals 'a')", false)]
    [InlineData($"!!({Name} StringEquals 'a')", false)]
    [InlineData($"!({Name} StringEquals 'a' OR {Write})", false)]
    [InlineData($"!({Name} StringEquals 'a' AND {Read})", false)]
    [InlineData($"!({Name} StringEquals 'a' AND {Write})", true)]
    [InlineData($"{Name} StringEquals 'a' OR {Read}", true)]
    [InlineData($"{Read} OR {Name} StringEquals 'a'", true)]
    [InlineData($"{Name} StringEquals 'a' AND {Read}", false)]
    public void Allows_NoRepository_GivesNothingThatNeedsAName(string condition, bool expected) =>
        AssertAllows(expected, condition, ContentRead, null);

    /// <summary>Reading is asked; <c>read</c> is true and <c>write</c> is false.</summary>
    [Theory]
    [InlineData($"{Read} OR {Write} AND {Write}", true)]
    [InlineData($"({Read} OR {Write}) AND {Write}", false)]
    [InlineData($"{Write} AND {Write} OR {Read}", true)]
    [InlineData($"{Write} AND ({Write} OR {Read})", false)]
    [InlineData($"NOT {Write} OR {Read}", true)]
    [InlineData($"NOT ({Write} OR {Read})", false)]
    [InlineData($"NOT {Read} AND {Write}", false)]
    [InlineData($"NOT ({Read} AND {Write})", true)]
    [InlineData($"!{Read} || {Read} && !{Write}", true)]
    [InlineData($"{Read} AND {Read} AND {Write}", false)]
    [InlineData($"{Write} OR {Write} OR {Read}", true)]
    public void Allows_WithoutParentheses_BindsNotThenAndThenOr(string condition, bool expected) =>
        AssertAllows(expected, condition, ContentRead, "a");

    private static void AssertAllows(bool expected, string condition, string action, string? repository) =>
        Assert.Equal(expected, AccessCondition.Parse(condition).Allows(action, repository is null ? null : RepositoryName.Parse(repository)));
}
