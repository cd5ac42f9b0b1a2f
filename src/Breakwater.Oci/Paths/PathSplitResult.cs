namespace Breakwater.Oci;

/// <param name="Kind">What the path is.</param>
/// <param name="Path">Set if and only if <see cref="PathSplitKind.Ok"/>.</param>
public readonly record struct PathSplitResult(PathSplitKind Kind, RepositoryPath? Path);
