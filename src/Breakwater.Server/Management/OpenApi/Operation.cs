namespace Breakwater.Server.Management.OpenApi;

/// <summary>What the document says of an operation beyond its route and its permission, which it has from the route table.</summary>
/// <param name="Route">As it is mapped.</param>
/// <param name="Id">The name of the operation, as Azure's documents form it: <c>Registries_Get</c>.</param>
/// <param name="Summary">One line.</param>
internal sealed record Operation(string Method, string Route, string Id, string Summary)
{
    /// <summary>The type that the body is read as; null: there is none.</summary>
    public Type? Body { get; init; }

    /// <summary>What a success answers; null: nothing that a client would read.</summary>
    public Shape? Answer { get; init; }

    /// <summary>Whether the answer is a page of such, with a link to the next.</summary>
    public bool IsList { get; init; }

    /// <summary>Query parameters beyond those that all have.</summary>
    public IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>Whether it heeds <c>If-Match</c>.</summary>
    public bool IsConditional { get; init; }
}
