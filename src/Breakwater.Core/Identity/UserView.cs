namespace Breakwater.Core.Identity;

/// <summary>A user.</summary>
public sealed record UserView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string? DisplayName { get; init; }
    public required string? MailNickname { get; init; }
    public required bool Disabled { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
