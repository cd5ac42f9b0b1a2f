using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Breakwater.Oci;

/// <summary>A tag: 1 to 128 of <c>[a-zA-Z0-9._-]</c>, not beginning with <c>.</c> or <c>-</c>. Distribution specification, "Pulling manifests".</summary>
public sealed record TagName
{
    /// <summary>Characters, set by the specification.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-");

    private TagName(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TagName? tag)
    {
        tag = IsValid(text) ? new TagName(text!) : null;
        return tag is not null;
    }

    /// <exception cref="OciException"><see cref="OciErrors.TagInvalid"/>.</exception>
    public static TagName Parse(string? text) =>
        TryParse(text, out var tag) ? tag : throw new OciException(OciErrors.TagInvalid);

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && text[0] is not ('.' or '-') && !text.ContainsAnyExcept(Allowed);
}
