using System.CommandLine;
using Breakwater.Cli.Running;

namespace Breakwater.Cli.Options;

/// <summary><c>--orderby</c> of lists of usage: the largest or latest first, or last.</summary>
internal sealed class UsageOrderOption
{
    private readonly Option<string?> order;
    private readonly Option<bool> ascending = new("--ascending") { Description = "The smallest or longest ago first." };

    public UsageOrderOption(params string[] orders)
    {
        order = new("--orderby") { Description = $"{string.Join(", ", orders[..^1])} or {orders[^1]}, the largest or latest first. Default: by name.", HelpName = "ORDER" };
        order.AcceptOnlyFromAmong(orders);
    }

    public void AddTo(Command command)
    {
        command.Add(order);
        command.Add(ascending);
    }

    /// <summary>As the server writes it; null for names.</summary>
    public string? In(Invocation call) => call.Value(order) is { } name ? MemberOf(name) + (call.Value(ascending) ? "" : " desc") : null;

    private static string MemberOf(string name) => name switch
    {
        "size" => "sizeBytes",
        "unique" => "uniqueBytes",
        "pulls" => "pullCount",
        "last-pull" => "lastPullTime",
        _ => "lastPushTime",
    };
}
