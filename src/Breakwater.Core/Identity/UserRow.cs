namespace Breakwater.Core.Identity;

/// <summary>A row of <c>directory_user</c>.</summary>
internal sealed record UserRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string PasswordHash { get; init; }
    public required int Version { get; init; }
    public required bool Disabled { get; init; }
}
