namespace Breakwater.Core.Audit;

/// <summary>Which registry a record is about.</summary>
internal static class AuditedRegistry
{
    // What was recovered or purged stands in the log of the registry.
    private static readonly string[] Segments = ["/registries/", "/deletedRegistries/"];

    /// <param name="only">The registry of records that name none: they are from when there was one.</param>
    /// <returns>Null when it is about none: the directory, the server, rights in the whole installation.</returns>
    public static string? NameOf(AuditRecord record, string only)
    {
        if (record.Resource is not { } resource)
            return record.Category == AuditCategory.Administration ? null : only;
        if (!resource.StartsWith('/'))
            return resource;
        var segment = Segments.FirstOrDefault(segment => resource.Contains(segment, StringComparison.OrdinalIgnoreCase));
        if (segment is null)
            return null;
        var name = resource[(resource.IndexOf(segment, StringComparison.OrdinalIgnoreCase) + segment.Length)..];
        return name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var end ? name[..end] : name;
    }
}
