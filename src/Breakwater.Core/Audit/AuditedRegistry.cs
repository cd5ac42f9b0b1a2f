namespace Breakwater.Core.Audit;

/// <summary>Which registry a record is about.</summary>
internal static class AuditedRegistry
{
    private const string Segment = "/registries/";

    /// <param name="only">The registry of records that name none: they are from when there was one.</param>
    /// <returns>Null when it is about none: the directory, the server, rights in the whole installation.</returns>
    public static string? NameOf(AuditRecord record, string only)
    {
        if (record.Resource is not { } resource)
            return record.Category == AuditCategory.Administration ? null : only;
        if (!resource.StartsWith('/'))
            return resource;
        var start = resource.IndexOf(Segment, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;
        var name = resource[(start + Segment.Length)..];
        return name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end ? name[..end] : name;
    }
}
