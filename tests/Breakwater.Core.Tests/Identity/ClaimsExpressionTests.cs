using Breakwater.Core.Identity;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Identity;

public sealed class ClaimsExpressionTests
{
    [Theory]
    [InlineData("claims['a'] eq '1'", true)]
    [InlineData("  claims['a']  eq  '1'  and claims['b.c'] eq 'it''s' ", true)]
    [InlineData("claims['a'] eq '2'", false)]
    [InlineData("claims['a'] eq '1' and claims['missing'] eq ''", false)]
    public void Matches_Claims_AsWritten(string text, bool matches)
    {
        var claims = new Dictionary<string, string> { ["a"] = "1", ["b.c"] = "it's" };

        Assert.Equal(matches, ClaimsExpression.TryParse(text)!.Matches(name => claims.GetValueOrDefault(name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("claims['a'] matches '*'")]
    [InlineData("claims['a'] eq '1' or claims['b'] eq '2'")]
    [InlineData("claims['a'] eq '1' and")]
    [InlineData("claims['a'] eq '1' trailing")]
    [InlineData("claims[''] eq '1'")]
    [InlineData("claims['a'] eq '1''")]
    public void TryParse_OtherForms_IsNull(string text) => Assert.Null(ClaimsExpression.TryParse(text));

    /// <summary>Whatever the value, quoted as the form wants it the expression is about that value and no other.</summary>
    [Property]
    public bool Matches_QuotedValue_IsThatValueOnly(string? value, string? other)
    {
        var (wanted, actual) = (value ?? "", other ?? "");
        var expression = ClaimsExpression.TryParse($"claims['x'] eq '{wanted.Replace("'", "''", StringComparison.Ordinal)}'")!;

        return expression.Matches(_ => wanted) && expression.Matches(_ => actual) == (wanted == actual) && !expression.Matches(_ => null);
    }
}
