using System.Reflection;

namespace Breakwater.Oci.Tests.Errors;

public sealed class OciErrorsTests
{
    private static readonly HashSet<string> Specification =
    [
        "BLOB_UNKNOWN", "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID", "MANIFEST_UNKNOWN",
        "NAME_INVALID", "NAME_UNKNOWN", "SIZE_INVALID", "UNAUTHORIZED", "DENIED", "UNSUPPORTED", "TOOMANYREQUESTS",
    ];

    [Fact]
    public void All_Always_HoldsEveryRowOnce()
    {
        var rows = typeof(OciErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OciErrorCode)f.GetValue(null)!).ToList();
        Assert.Equal(rows.Count, OciErrors.All.Count);
        Assert.Equal(rows.ToHashSet(), OciErrors.All.ToHashSet());
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Fact]
    public void All_AnswersOfThe400s_HaveCodesOfTheSpecification()
    {
        var others = OciErrors.All.Where(e => e.Status is >= 400 and < 500 && !Specification.Contains(e.Code));
        Assert.Equal([OciErrors.PaginationNumberInvalid, OciErrors.TagUnknown, OciErrors.OperationDisallowed], others);
    }

    [Fact]
    public void All_Codes_AreUppercaseLettersAndUnderscores() =>
        Assert.All(OciErrors.All, e => Assert.True(e.Code.All(c => c == '_' || char.IsAsciiLetterUpper(c))));

    [Fact]
    public void All_Rows_SayWhatTheyAreAndWhereFrom() => Assert.All(OciErrors.All, e =>
    {
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Reference);
        Assert.InRange(e.Status, 400, 599);
    });
}
