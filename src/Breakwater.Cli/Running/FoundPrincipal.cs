namespace Breakwater.Cli.Running;

/// <param name="Id">The object id.</param>
/// <param name="Name">For people.</param>
internal sealed record FoundPrincipal(string Id, string Name);
