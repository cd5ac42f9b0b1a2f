using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Core.Tests.Storage;

/// <summary>Contents whose sizes crowd around the segments' boundaries.</summary>
public static class VaultContents
{
    private static readonly Gen<int> Size = Gen.OneOf(
        Gen.Elements(0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 262_143, 262_144, 262_145, 327_680, 500_000),
        Gen.Choose(0, 200_000));

    public static Arbitrary<VaultContent> Contents() =>
        (from size in Size
         from seed in Gen.Choose(0, int.MaxValue)
         from piece in Gen.Elements(777, 4096, 65_535, 65_536, 65_537, 200_000, 1_000_000)
         select new VaultContent(size, seed, piece)).ToArbitrary();
}
