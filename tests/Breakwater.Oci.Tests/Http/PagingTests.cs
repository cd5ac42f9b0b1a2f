namespace Breakwater.Oci.Tests.Http;

public sealed class PagingTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("0", null, 0, null)]
    [InlineData("10", "v1", 10, "v1")]
    [InlineData("2147483647", "", 2147483647, null)]
    [InlineData(null, "v1", null, "v1")]
    [InlineData("007", null, 7, null)]
    public void Parse_Valid_GivesThePage(string? n, string? last, int? expectedN, string? expectedLast) =>
        Assert.Equal(new Page(expectedN, expectedLast), Paging.Parse(n, last));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("ten")]
    [InlineData(" 1")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999999")]
    public void Parse_NotANumberOfTheRange_IsRefused(string n) =>
        Assert.Same(OciErrors.PaginationNumberInvalid, Assert.Throws<OciException>(() => Paging.Parse(n, null)).Error);
}
