namespace Breakwater.Oci;

public enum RangeKind
{
    /// <summary>No range that the registry serves was asked for: answer 200 with the whole.</summary>
    None,

    /// <summary>Answer 206 with the range.</summary>
    Satisfiable,

    /// <summary>Answer 416, <see cref="OciErrors.RangeNotSatisfiable"/>, with <c>Content-Range: bytes */size</c>.</summary>
    Unsatisfiable,
}
