using System.CommandLine;
using System.Globalization;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Operations;

/// <summary><c>breakwater audit</c></summary>
internal sealed class AuditCommand : CliCommand
{
    private const string Prefix = "ContainerRegistry", Suffix = "Events";

    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<string?> since = new("--from") { Description = "From when: a time such as 2026-01-31T12:00Z, or 30m, 12h, 7d ago.", HelpName = "TIME" };
    private readonly Option<string?> until = new("--until") { Description = "Until when, exclusive.", HelpName = "TIME" };
    private readonly Option<string?> category = new("--category") { Description = "login, repository or administration.", HelpName = "CATEGORY" };
    private readonly Option<string?> operation = new("--operation") { Description = "Such as Push, Pull, Delete, Login.", HelpName = "NAME" };
    private readonly Option<string?> identity = new("--identity") { Description = "Who: a name or an object id.", HelpName = "WHO" };
    private readonly Option<string?> repository = new("--repository") { Description = "Where.", HelpName = "REPOSITORY" };
    private readonly Option<string?> correlation = new("--correlation-id") { Description = "One request.", HelpName = "ID" };
    private readonly Option<string?> result = new("--result") { Description = "A status such as 403; succeeded; failed.", HelpName = "RESULT" };
    private readonly Option<string?> order = new Option<string?>("--order") { Description = "newest or oldest first. Default: newest.", HelpName = "ORDER" }.AcceptOnlyFromAmong("newest", "oldest");
    private readonly Option<int?> top = TopOption.Create();

    public AuditCommand()
        : base("audit", "Show who did what, from where, and how it ended.")
    {
        registry.AddTo(this);
        foreach (var option in new Option[] { since, until, category, operation, identity, repository, correlation, result, order, top })
            Add(option);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var query = new AuditQuery
        {
            From = TimeOf(call, since),
            Until = TimeOf(call, until),
            Category = CategoryOf(call.Value(category)),
            Operation = call.Value(operation),
            Identity = call.Value(identity),
            Repository = call.Value(repository),
            CorrelationId = call.Value(correlation),
            Result = call.Value(result),
            NewestFirst = call.Value(order) != "oldest",
            PageSize = Math.Min(call.Value(top) ?? 1000, 1000),
        };
        var client = await call.RegistryAsync(registry);
        return Answer.List(
            await client.ListAuditAsync(query, call.Stop).Top(call.Value(top)).ToListAsync(call.Stop),
            new("Time", "TimeGenerated", Cells.Time), new("Who", "Identity"), new("From", "CallerIpAddress"), new("Did", "OperationName", Cells.LastParts), new("What", "", What), new("Result", "ResultType"));
    }

    private static string What(System.Text.Json.Nodes.JsonNode? entry) => Cells.Plain(entry?["Repository"]) is { Length: > 0 } name
        ? name + (entry?["Tag"] is { } tag ? ":" + Cells.Plain(tag) : "")
        : Cells.Plain(entry?["ResultDescription"]);

    private static string? CategoryOf(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "login" or "repository" or "administration" => $"{Prefix}{char.ToUpperInvariant(text[0])}{text[1..].ToLowerInvariant()}{Suffix}",
        _ => text,
    };

    private static DateTimeOffset? TimeOf(Invocation call, Option<string?> option)
    {
        if (call.Value(option) is not { Length: > 1 } text)
            return null;
        if (int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && UnitOf(text[^1]) is { } unit && count * unit < TimeSpan.FromDays(36_500))
            return call.Around.Clock.GetUtcNow() - (count * unit);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new BreakwaterException(ErrorKind.Invalid, $"{option.Name} '{text}' is no time.", "Write 2026-01-31, 2026-01-31T12:00Z, or how long ago: 30m, 12h, 7d.");
    }

    private static TimeSpan? UnitOf(char letter) => letter switch { 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), 'd' => TimeSpan.FromDays(1), _ => null };
}
