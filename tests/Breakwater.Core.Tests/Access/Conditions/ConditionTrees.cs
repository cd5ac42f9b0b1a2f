using FsCheck;
using FsCheck.Fluent;
using static Breakwater.Core.Tests.Access.Conditions.ConditionTexts;

namespace Breakwater.Core.Tests.Access.Conditions;

/// <summary>Makes trees whose verdicts differ: few actions and names, and values made of the same characters.</summary>
public static class ConditionTrees
{
    private static readonly Gen<string> Piece = Gen.Elements("a", "a", "b", "A", "B", "/", "*", "*", "?", @"\*", @"\?", @"\'", @"\\", "~");

    private static readonly Gen<string[]> Value = Gen.OneOf(
        Gen.Elements("a", "a/b", "AB", "a/*", "*b", "?").Select(text => text.Select(c => c.ToString()).ToArray()),
        Piece.NonEmptyListOf().Resize(6).Select(pieces => pieces.ToArray()));

    private static readonly Gen<string> Pattern = Gen.Elements(
        ContentRead, ContentWrite, MetadataRead, "*", "*/read", "*/WRITE", ActionPrefix + "*", ActionPrefix + "content/*", "microsoft.*/repositories/*/read");

    private static readonly Gen<ConditionTree> Name =
        from kind in Gen.Elements("Equals", "StartsWith", "Like")
        from flags in Gen.Choose(0, 7)
        from values in Value.NonEmptyListOf().Resize(3)
        let isSet = (flags & 4) != 0 && kind != "StartsWith"
        select (ConditionTree)new ConditionTree.Name(kind, (flags & 1) != 0, (flags & 2) != 0, isSet, isSet ? [.. values] : [values[0]]);

    private static readonly Gen<ConditionTree> Leaf = Gen.OneOf(Pattern.Select(pattern => (ConditionTree)new ConditionTree.Action(pattern)), Name);

    public static Arbitrary<ConditionTree> Trees() => Gen.Choose(0, 4).SelectMany(Tree).ToArbitrary();

    private static Gen<ConditionTree> Tree(int height)
    {
        if (height == 0)
            return Leaf;
        var smaller = Gen.Choose(0, height - 1).SelectMany(Tree);
        return Gen.OneOf(
            from left in smaller from right in smaller select (ConditionTree)new ConditionTree.All(left, right),
            from left in smaller from right in smaller select (ConditionTree)new ConditionTree.Any(left, right),
            smaller.Select(inner => (ConditionTree)new ConditionTree.Not(inner)));
    }
}
