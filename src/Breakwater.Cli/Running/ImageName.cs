using Breakwater.Client.Errors;
using Breakwater.Oci;

namespace Breakwater.Cli.Running;

/// <summary>A repository, and a tag or a digest in it where one is named: <c>team/app</c>, <c>team/app:v1</c>, <c>team/app@sha256:…</c>.</summary>
internal sealed record ImageName(RepositoryName Repository, TagName? Tag, Digest? Digest)
{
    /// <summary>The tag or the digest; null when neither is named.</summary>
    public string? Reference => Digest?.Value ?? Tag?.Value;

    public override string ToString() => Digest is not null ? $"{Repository}@{Digest}" : Tag is not null ? $"{Repository}:{Tag}" : Repository.Value;

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public static ImageName Parse(string text)
    {
        try
        {
            if (text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
                return new ImageName(RepositoryName.Parse(text[..at]), null, Digest.Parse(text[(at + 1)..]));
            return text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
                ? new ImageName(RepositoryName.Parse(text[..colon]), TagName.Parse(text[(colon + 1)..]), null)
                : new ImageName(RepositoryName.Parse(text), null, null);
        }
        catch (OciException e)
        {
            throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' names no image.", "Write REPOSITORY, REPOSITORY:TAG or REPOSITORY@DIGEST, without the registry's host.", e);
        }
    }

    /// <summary>A repository alone.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public static RepositoryName ParseRepository(string text) => Parse(text) is { Reference: null } image
        ? image.Repository
        : throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' names more than a repository.", "Leave tag and digest out.");

    /// <summary>With a tag.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public static ImageName ParseTagged(string text) => Parse(text) is { Tag: not null } image
        ? image
        : throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' names no tag.", "Write REPOSITORY:TAG.");

    /// <summary>With a tag or a digest.</summary>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public static ImageName ParseReferred(string text) => Parse(text) is { Reference: not null } image
        ? image
        : throw new BreakwaterException(ErrorKind.Invalid, $"'{text}' names no manifest.", "Write REPOSITORY:TAG or REPOSITORY@DIGEST.");
}
