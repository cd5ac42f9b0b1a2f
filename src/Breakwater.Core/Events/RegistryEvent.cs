using Breakwater.Oci;

namespace Breakwater.Core.Events;

/// <summary>Something that happened to content.</summary>
/// <param name="Tag">Of a push; null: by digest alone.</param>
/// <param name="Digest">Null with <paramref name="MediaType"/>: the whole repository.</param>
/// <param name="SizeBytes">Of a pushed manifest.</param>
internal sealed record RegistryEvent(string Action, RepositoryName Repository, string? Tag, string? Digest, string? MediaType, long? SizeBytes)
{
    /// <summary>Tags by which scopes know it.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How CloudEvents name what it is about: <c>NAME:TAG</c>, <c>NAME@DIGEST</c> or <c>NAME</c>.</summary>
    public string Subject => Tag is not null ? $"{Repository}:{Tag}" : Digest is not null ? $"{Repository}@{Digest}" : Repository.Value;
}
