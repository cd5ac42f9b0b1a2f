namespace Breakwater.Core.Identity;

/// <summary>A group.</summary>
public sealed record GroupView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string? Description { get; init; }
    public required string? MailNickname { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
