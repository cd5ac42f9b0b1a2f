using Breakwater.Core.Audit;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Audit;

public sealed class ChainHashTests
{
    private static readonly AuditRecord Plain = new() { Time = DateTimeOffset.UnixEpoch, Category = AuditCategory.Repository, Operation = "Pull", Status = 200 };

    private static string HashOf(AuditRecord record, long after = 0)
    {
        var hash = new byte[ChainHash.Size];
        new ChainHash().Next(ChainLink.Genesis.Hash.Span, after + 1, record, hash);
        return Convert.ToHexString(hash);
    }

    /// <summary>What is written down elsewhere must stay verifiable: a change of the encoding needs a new version of it.</summary>
    [Fact]
    public void Next_FirstRecord_HasTheHashOfTheDescription() =>
        Assert.Equal("E87A0CC76351CD1B8E98A903DA97317DB00D1EC64768632E1487629F916A3A56", HashOf(Plain));

    [Property]
    public bool Next_TextsThatMeetAtAnotherPlace_DifferInHash(string? left, string? right) =>
        left == right || HashOf(Plain with { Repository = left, Tag = right }) != HashOf(Plain with { Repository = right, Tag = left });

    [Property]
    public bool Next_TextMovedBetweenNeighbours_DiffersInHash(string? text) =>
        HashOf(Plain with { Repository = text + "a", Tag = "b" }) != HashOf(Plain with { Repository = text, Tag = "ab" });

    [Property]
    public bool Next_NullAndEmpty_DifferInHash(long after) =>
        HashOf(Plain with { Tag = null }, after) != HashOf(Plain with { Tag = "" }, after);

    [Property]
    public bool Next_OtherPlace_DiffersInHash(int one, int other) => one == other || HashOf(Plain, one) != HashOf(Plain, other);
}
