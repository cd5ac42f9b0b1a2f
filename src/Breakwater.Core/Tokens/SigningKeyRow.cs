namespace Breakwater.Core.Tokens;

/// <summary>A row of <c>signing_key</c>.</summary>
internal sealed record SigningKeyRow
{
    public required Guid Id { get; init; }
    public required string KeyId { get; init; }
    public required int State { get; init; }
    public required byte[] PrivateKey { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
}
