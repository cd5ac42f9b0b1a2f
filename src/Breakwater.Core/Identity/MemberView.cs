namespace Breakwater.Core.Identity;

/// <summary>A member of a group; its type is Microsoft Graph's word for it.</summary>
public sealed record MemberView
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
}
