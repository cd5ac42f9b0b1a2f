using System.Globalization;
using Breakwater.Core.Audit;
using Breakwater.Core.Registries;
using Breakwater.Oci;
using Breakwater.Server.Management;

namespace Breakwater.Server.Audit;

/// <summary>The query of <c>auditEvents</c>. What it does not know it refuses: a filter that is ignored answers another question.</summary>
/// <param name="After">The last record that was seen.</param>
internal sealed record AuditQuery(AuditFilter Filter, int Limit, long? After)
{
    private const int DefaultLimit = 100, MaxLimit = 1000;

    private const string Skip = "$skiptoken", Top = "$top";

    private static readonly string[] Known =
        ["api-version", "from", "until", "category", "operation", "identity", "registry", "repository", "correlationId", "result", "order", Top, Skip];

    /// <exception cref="OciException"><c>InvalidFilter</c>; the message names the parameter.</exception>
    public static AuditQuery Of(HttpContext context)
    {
        foreach (var name in context.Request.Query.Keys)
        {
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw Invalid($"{name} is not known here. Known: {string.Join(", ", Known)}.");
        }
        var result = Text(context, "result");
        return new AuditQuery(
            new AuditFilter
            {
                From = Time(context, "from"),
                Until = Time(context, "until"),
                Category = Text(context, "category") is not { } category ? null : AuditColumnNames.CategoryOf(category) ?? throw Invalid("category must be one of ContainerRegistryLoginEvents, ContainerRegistryRepositoryEvents, ContainerRegistryAdministrationEvents."),
                Operation = Text(context, "operation"),
                Identity = Text(context, "identity"),
                Registry = Text(context, "registry") is not { } registry ? null : RegistryName.IsValid(registry) ? registry : throw Invalid("registry must be a registry's name: 5 to 50 letters and digits."),
                Repository = Text(context, "repository"),
                CorrelationId = Text(context, "correlationId"),
                Failed = result switch { "succeeded" => false, "failed" => true, _ => null },
                Status = result is null or "succeeded" or "failed" ? null : (int)Number(context, "result", "a status such as 403, or succeeded or failed", 999)!,
                NewestFirst = Text(context, "order") switch { null or "oldest" => false, "newest" => true, _ => throw Invalid("order must be oldest or newest.") },
            },
            (int?)Number(context, Top, $"a number up to {MaxLimit}", MaxLimit) ?? DefaultLimit,
            Number(context, Skip, "one of ours; follow nextLink as it is", long.MaxValue));
    }

    /// <summary>The same query, from where this page ends.</summary>
    public static string NextLink(HttpContext context, long last)
    {
        var request = context.Request;
        var kept = request.Query.Where(pair => !pair.Key.Equals(Skip, StringComparison.OrdinalIgnoreCase)).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value.ToString())}&");
        return string.Create(CultureInfo.InvariantCulture, $"{request.Scheme}://{request.Host}{request.Path}?{string.Concat(kept)}{Skip}={last}");
    }

    private static string? Text(HttpContext context, string name) => context.Request.Query[name] switch
    {
        [] => null,
        [{ Length: > 0 } text] => text,
        _ => throw Invalid($"{name} must have one value."),
    };

    private static DateTimeOffset? Time(HttpContext context, string name) =>
        Text(context, name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw Invalid($"{name} must be a time such as 2026-01-31T12:00:00Z.");

    private static long? Number(HttpContext context, string name, string form, long most) =>
        Text(context, name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw Invalid($"{name} must be {form}.");

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidFilter, message);
}
