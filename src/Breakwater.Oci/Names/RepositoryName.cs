using System.Diagnostics.CodeAnalysis;

namespace Breakwater.Oci;

/// <summary>
/// The name of a repository within its registry: components of lower-case letters and digits, joined by <c>/</c>, with <c>.</c>,
/// <c>_</c>, <c>__</c> or any number of <c>-</c> inside a component. Distribution specification, "Pulling manifests".
/// </summary>
public sealed record RepositoryName
{
    /// <summary>Characters. The specification names no limit; many clients allow 255 for host and name together.</summary>
    public const int MaxLength = 255;

    private RepositoryName(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RepositoryName? name)
    {
        name = RepositoryNameGrammar.IsValid(text) ? new RepositoryName(text!) : null;
        return name is not null;
    }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out RepositoryName? name)
    {
        name = RepositoryNameGrammar.IsValid(text) ? new RepositoryName(text.ToString()) : null;
        return name is not null;
    }

    /// <exception cref="OciException"><see cref="OciErrors.NameInvalid"/>.</exception>
    public static RepositoryName Parse(string? text) =>
        TryParse(text, out var name) ? name : throw new OciException(OciErrors.NameInvalid);

    public override string ToString() => Value;
}
