using System.Text.RegularExpressions;
using Breakwater.Core.Access;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Access;

public sealed class PermissionPatternTests
{
    [Theory]
    [InlineData("*", "Microsoft.Authorization/roleAssignments/write", true)]
    [InlineData("*/read", "Microsoft.ContainerRegistry/registries/pull/read", true)]
    [InlineData("*/read", "Microsoft.ContainerRegistry/registries/pull/reader", false)]
    [InlineData("Microsoft.Authorization/*/Write", "microsoft.authorization/roleAssignments/write", true)]
    [InlineData("Microsoft.Authorization/*/Write", "Microsoft.Authorization/Write", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*b*b", "ab", false)]
    [InlineData("", "a", false)]
    public void Matches_Permission_IsAsInArm(string pattern, string permission, bool expected) =>
        Assert.Equal(expected, new PermissionPattern(pattern).Matches(permission));

    [Theory]
    [InlineData("*", true)]
    [InlineData("*/read", true)]
    [InlineData("Microsoft.ContainerRegistry/registries/pull/read", true)]
    [InlineData("Microsoft.ContainerRegistry/registries/*", false)]
    [InlineData("Microsoft.ContainerRegistry/*", false)]
    [InlineData("Microsoft.*", false)]
    [InlineData("microsoft.c*/registries/pull/read", false)]
    [InlineData("*/registries/*", false)]
    [InlineData("*/pull/read", false)]
    [InlineData("*/*", false)]
    [InlineData("**", false)]
    public void OpensData_Wildcards_OnlyThoseOverEverything(string pattern, bool expected) => Assert.Equal(expected, new PermissionPattern(pattern).OpensData);

    [Property(MaxTest = 2000)]
    public bool Matches_AnyPatternOfFewLetters_IsWhatARegexSays(byte[] pattern, byte[] text)
    {
        var (p, t) = (Text(pattern, "ab*"), Text(text, "ab"));
        return new PermissionPattern(p).Matches(t) == Regex.IsMatch(t, $"^{Regex.Escape(p).Replace("\\*", ".*", StringComparison.Ordinal)}$");
    }

    private static string Text(byte[] bytes, string alphabet) => string.Concat(bytes.Select(b => alphabet[b % alphabet.Length]));
}
