namespace Breakwater.Oci.Tests.Errors;

public sealed class OciExceptionTests
{
    [Fact]
    public void ClientMessage_NotGiven_IsTheRows() =>
        Assert.Equal(OciErrors.BlobUnknown.Message, new OciException(OciErrors.BlobUnknown).ClientMessage);

    [Fact]
    public void ClientMessage_Given_IsApartFromTheCause()
    {
        var exception = new OciException(OciErrors.Internal, "Told.", detail: 7, inner: new InvalidOperationException("hidden"));
        Assert.Equal("Told.", exception.ClientMessage);
        Assert.Equal(7, exception.Detail);
        Assert.Equal("UNKNOWN: Told.", exception.Message);
        Assert.Equal("hidden", exception.InnerException?.Message);
    }
}
