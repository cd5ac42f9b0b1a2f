namespace Breakwater.Core.Registries;

/// <summary>A registry that was deleted and can still be recovered.</summary>
public sealed record DeletedRegistry(Guid Id, string Name, Guid GroupId, string Location, DateTimeOffset DeletedAt);
