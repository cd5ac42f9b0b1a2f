using System.Diagnostics.CodeAnalysis;
using Breakwater.Oci;

namespace Breakwater.Core.Imports;

/// <summary>An image as requests name it: <c>repo</c>, <c>repo:tag</c> or <c>repo@digest</c>.</summary>
/// <param name="Reference">Null when neither tag nor digest is named.</param>
public sealed record ImportImage(RepositoryName Repository, ManifestReference? Reference)
{
    /// <summary>What a repository alone means.</summary>
    public const string DefaultTag = "latest";

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImportImage? image)
    {
        image = null;
        if (text is null)
            return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var end = at >= 0 ? at : text.IndexOf(':', StringComparison.Ordinal);
        if (!RepositoryName.TryParse(end < 0 ? text : text[..end], out var repository))
            return false;
        if (end < 0)
            image = new ImportImage(repository, null);
        // The text after '@' must be a digest, and the one after ':' a tag.
        else if (ManifestReference.TryParse(text[(end + 1)..], out var reference) && reference.Digest is not null == at >= 0)
            image = new ImportImage(repository, reference);
        return image is not null;
    }

    public override string ToString() => Reference switch
    {
        null => Repository.Value,
        { Digest: { } digest } => $"{Repository}@{digest}",
        _ => $"{Repository}:{Reference.Tag}",
    };
}
