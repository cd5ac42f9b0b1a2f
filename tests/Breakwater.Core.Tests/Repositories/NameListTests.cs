using Breakwater.Core.Repositories;
using Breakwater.Core.Tests.Installation;
using FsCheck.Xunit;

namespace Breakwater.Core.Tests.Repositories;

public sealed class NameListTests
{
    [Property]
    public void PageAfter_AnyLastAndLimit_IsTheSlice(byte[] seeds, byte last, byte limit)
    {
        var names = seeds.Select(Name).Distinct().Order(StringComparer.Ordinal).ToList();
        var following = names.Where(name => string.CompareOrdinal(name, Name(last)) > 0).ToList();
        var page = new NameList(names).PageAfter(Name(last), limit);
        Assert.Equal(following.Take(limit), TestInstallation.NamesOf(page));
        Assert.Equal(limit > 0 && following.Count > limit ? following[limit - 1] : null, page.LastBeforeMore);
    }

    [Property]
    public void PageAfter_FollowedToTheEnd_IsComplete(byte[] seeds, byte size)
    {
        var names = seeds.Select(Name).Distinct().Order(StringComparer.Ordinal).ToList();
        var list = new NameList(names);
        var found = new List<string>();
        for (string? last = null; ;)
        {
            var page = list.PageAfter(last, size + 1);
            found.AddRange(TestInstallation.NamesOf(page));
            last = page.LastBeforeMore;
            if (last is null)
                break;
        }
        Assert.Equal(names, found);
    }

    // Of different lengths, each a prefix of others.
    private static string Name(byte seed) => new string('a', seed % 3) + "-0/b"[..(seed % 5)] + (seed / 15);
}
