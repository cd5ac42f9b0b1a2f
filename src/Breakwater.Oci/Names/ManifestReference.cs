using System.Diagnostics.CodeAnalysis;

namespace Breakwater.Oci;

/// <summary>
/// The <c>&lt;tag-or-digest&gt;</c> of a manifest's path; exactly one of the two is set. A colon cannot stand in a tag, so a text with one is
/// a digest or nothing. Distribution specification, "Pulling manifests".
/// </summary>
public sealed record ManifestReference
{
    private ManifestReference(TagName? tag, Digest? digest)
    {
        Tag = tag;
        Digest = digest;
    }

    public TagName? Tag { get; }

    public Digest? Digest { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ManifestReference? reference)
    {
        reference = Digest.TryParse(text, out var digest) ? new ManifestReference(null, digest)
            : TagName.TryParse(text, out var tag) ? new ManifestReference(tag, null)
            : null;
        return reference is not null;
    }

    /// <exception cref="OciException">
    /// <see cref="OciErrors.DigestInvalid"/> for a text with a colon, <see cref="OciErrors.TagInvalid"/> for any other.
    /// </exception>
    public static ManifestReference Parse(string? text) => text is not null && text.Contains(':', StringComparison.Ordinal)
        ? new ManifestReference(null, Digest.Parse(text))
        : new ManifestReference(TagName.Parse(text), null);

    public override string ToString() => Digest?.Value ?? Tag!.Value;
}
