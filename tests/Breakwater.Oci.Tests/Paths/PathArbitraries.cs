using FsCheck.Fluent;

namespace Breakwater.Oci.Tests.Paths;

/// <summary>Makes valid names rich in the words of the API, tails of every shape, and raw paths that are nearly valid.</summary>
public static class PathArbitraries
{
    private static readonly Gen<string> Component = Gen.Elements("a", "b0", "manifests", "blobs", "uploads", "tags", "list", "referrers", "a.b", "a_b", "a__b", "a--b", "v2");

    private static readonly Gen<string> Reference =
        Gen.Elements("latest", "v1.0", "list", "uploads", "manifests", "~", "..", "sha256:e3b0c442", "sha512:abc", "x");

    private static readonly Gen<string> Tail = Gen.OneOf(
        Gen.Constant("tags/list"),
        Gen.Constant("blobs/uploads/"),
        Reference.Select(r => "blobs/uploads/" + r),
        Reference.Select(r => "blobs/" + r),
        Reference.Select(r => "manifests/" + r),
        Reference.Select(r => "referrers/" + r));

    private static readonly Gen<string> Piece =
        Gen.Elements("/", "%2F", "%2f", "%3A", ":", "%25", "%252F", "%", "~", "..", "_tags", "_manifests", "a", "A", "manifests", "blobs", "uploads", "tags", "list", "referrers", "\0", "\u00E9");

    public static Arbitrary<ValidPath> ValidPaths() =>
        (from components in Component.NonEmptyListOf().Resize(8)
         from tail in Tail
         from seed in Gen.Choose(0, int.MaxValue)
         select new ValidPath(string.Join('/', components), tail, seed)).ToArbitrary();

    public static Arbitrary<NearlyValidPath> NearlyValidPaths() =>
        Piece.ListOf().Resize(12).Select(pieces => new NearlyValidPath("/v2/" + string.Concat(pieces))).ToArbitrary();
}
