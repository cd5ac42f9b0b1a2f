using System.CommandLine;
using Breakwater.Client.Content;

namespace Breakwater.Cli.Options;

/// <summary><c>--orderby time_asc|time_desc</c>, as az has it.</summary>
internal static class OrderOption
{
    public static Option<ItemOrder> Create()
    {
        var option = new Option<ItemOrder>("--orderby")
        {
            Description = "time_asc or time_desc, by the last change. Default: by name.",
            HelpName = "ORDER",
            CustomParser = result => result.Tokens[0].Value switch
            {
                "time_asc" => ItemOrder.TimeAscending,
                "time_desc" => ItemOrder.TimeDescending,
                var text => Fail(result, text),
            },
        };
        option.CompletionSources.Add("time_asc", "time_desc");
        return option;
    }

    private static ItemOrder Fail(System.CommandLine.Parsing.ArgumentResult result, string text)
    {
        result.AddError($"'{text}' is no order. Use time_asc or time_desc.");
        return ItemOrder.Name;
    }
}
