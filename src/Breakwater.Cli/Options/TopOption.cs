using System.CommandLine;

namespace Breakwater.Cli.Options;

/// <summary><c>--top N</c>: no more than so many. Without it lists are followed to their end.</summary>
internal static class TopOption
{
    public static Option<int?> Create()
    {
        var option = new Option<int?>("--top") { Description = "Show at most so many. Default: all.", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out var number) || number < 1))
                result.AddError("--top must be 1 or more.");
        });
        return option;
    }

    public static IAsyncEnumerable<T> Top<T>(this IAsyncEnumerable<T> items, int? top) => top is { } count ? items.Take(count) : items;
}
