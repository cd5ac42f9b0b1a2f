using Breakwater.Core.Identity;
using Breakwater.Core.SoftDelete;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>What is to go from the recycle bin.</summary>
/// <param name="Repository">Null: of all repositories.</param>
/// <param name="AsOf">Of the answer before; null: now.</param>
internal sealed record BinPurgeBody(string? Repository, bool? DryRun, DateTimeOffset? AsOf)
{
    /// <exception cref="InvalidValueException">The repository's name is none.</exception>
    public BinPurgeRequest ToRequest() => new() { Repository = Repository is null ? null : NameOf(Repository), DryRun = DryRun ?? false, AsOf = AsOf };

    private static RepositoryName NameOf(string text) => RepositoryName.TryParse(text, out var name) ? name : throw new InvalidValueException("repository must be the name of one. Leave it out to mean all.");
}
