namespace Breakwater.LoadHarness.Http;

/// <summary>One response, as far as the harness looks at it.</summary>
internal readonly record struct HttpReply(int Status, ReplyHeaders Headers, long BodyLength, byte[] Body, string? Sha256)
{
    /// <summary>The reply itself when its status is the expected one; otherwise the measurement is void.</summary>
    public HttpReply Expect(int status, string what) => Status == status
        ? this
        : throw new HarnessException($"{what}: expected {status}, got {Status}. {System.Text.Encoding.UTF8.GetString(Body)}");
}
