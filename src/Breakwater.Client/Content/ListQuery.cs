namespace Breakwater.Client.Content;

/// <summary>How lists of <c>/acr/v1</c> are asked for.</summary>
internal static class ListQuery
{
    // What one answer may hold at most.
    private const int MaxPage = 1000;

    public static string Of(ItemOrder order, int? top) => $"?n={Math.Min(top ?? MaxPage, MaxPage)}" + order switch
    {
        ItemOrder.TimeAscending => "&orderby=timeasc",
        ItemOrder.TimeDescending => "&orderby=timedesc",
        _ => "",
    };
}
