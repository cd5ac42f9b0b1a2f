namespace Breakwater.Oci;

/// <summary>One row of the error table.</summary>
/// <param name="Code">The <c>code</c> that clients read. Rows may share one: the specification's list is closed.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What a client reads when the place that refuses has nothing more precise to say. Holds no secrets and the remedy.</param>
/// <param name="Reference">Where the row comes from: a section of the distribution specification unless it says otherwise.</param>
public sealed record OciErrorCode(string Code, int Status, string Message, string Reference);
