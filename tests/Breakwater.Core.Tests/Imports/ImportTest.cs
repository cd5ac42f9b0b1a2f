using Breakwater.Core.Access;
using Breakwater.Core.Audit;
using Breakwater.Core.Events;
using Breakwater.Core.Identity;
using Breakwater.Core.Imports;
using Breakwater.Core.Registries;
using Breakwater.Core.Tests.Identity;
using Breakwater.Core.Tests.Installation;
using Breakwater.Oci;

namespace Breakwater.Core.Tests.Imports;

/// <summary>Imports into the first registry, by its owner.</summary>
public abstract class ImportTest : InstallationTest
{
    internal PrincipalDirectory Directory { get; private set; } = null!;

    internal Registry Registry => Here.Open.Registries.First;

    internal ManagementAccess Importing => ManagementAccess.Decide(Directory.Find("owner")!.AsCaller, Registry, ManagementActions.ImportImage)!;

    internal ImportStores Stores => new(Here.Open.Repositories, Here.Open.Manifests, Here.Open.Blobs, Here.Open.Uploads, Here.Open.Referrers);

    internal async Task SignUpAsync()
    {
        Directory = new PrincipalDirectory(Here.Open.Database);
        await new UserAccounts(Here.Open.Database, Directory, new PasswordHasher(10), Here.Clock).CreateOwnerAsync("owner", TestDirectory.Password);
    }

    /// <summary>Of <c>source:v1</c> to <c>target:v1</c>.</summary>
    internal ImportOrder Order() => new()
    {
        SourceRegistry = Registry,
        SourceRepository = RepositoryName.Parse("source"),
        SourceReference = ManifestReference.Parse("v1"),
        Targets = [new ImportTarget(RepositoryName.Parse("target"), [TagName.Parse("v1")])],
        TargetId = "target",
        Record = new AuditRecord { Time = Here.Clock.GetUtcNow(), Category = AuditCategory.Administration, Operation = "import", Status = 200 },
        Reaches = _ => true,
        Request = new EventRequest("id", "host", "POST", null),
    };
}
