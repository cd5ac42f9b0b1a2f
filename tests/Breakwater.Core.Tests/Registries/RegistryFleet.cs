using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Installation;
using Breakwater.Core.Keys;
using Breakwater.Core.Registries;
using Breakwater.Core.Tests.Access;
using Breakwater.Core.Tests.Installation;
using Breakwater.Core.Tiers;

namespace Breakwater.Core.Tests.Registries;

/// <summary>An installation with registries that come and go.</summary>
internal sealed class RegistryFleet : IAsyncDisposable
{
    private RegistryFleet(TestInstallation installation)
    {
        Installation = installation;
        Directory = new PrincipalDirectory(installation.Open.Database);
        Maps = new ScopeMaps(installation.Open.Database, Directory, installation.Clock);
        Tokens = new ScopedTokens(installation.Open.Database, Directory, installation.Clock);
        Admins = new AdminUsers(installation.Open.Database, Directory, installation.Open.Secrets, installation.Clock);
        Store = NewStore();
        Groups = new ResourceGroupStore(installation.Open.Database, installation.Open.Groups, Directory, installation.Clock);
    }

    public TestInstallation Installation { get; }

    public RegistryDirectory Registries => Installation.Open.Registries;

    public PrincipalDirectory Directory { get; }

    public ScopeMaps Maps { get; }

    public ScopedTokens Tokens { get; }

    public AdminUsers Admins { get; }

    public RegistryStore Store { get; set; }

    public ResourceGroupStore Groups { get; }

    public static async Task<RegistryFleet> StartAsync(IReadOnlyList<KeyStore>? keyStores = null)
    {
        var fleet = new RegistryFleet(await TestInstallation.StartAsync(new InstallationOptions { MinFreeBytes = 0, PlainHosts = ["plain.example"], KeyStores = keyStores ?? [] }));
        await fleet.Directory.LoadAsync();
        return fleet;
    }

    /// <summary>On what is open now.</summary>
    public RegistryStore NewStore() => new(Installation.Open.Database, Registries, Installation.Open.Groups, TierCatalog.Default, Installation.Open.Keys, new RegistryKeys(Installation.Open.Database, Installation.Open.Keys), Directory, Admins, Installation.Clock);

    public ManagementAccess Managing(string action = ManagementActions.RegistriesWrite) => ManagementAccess.DecideInGroup(Installation.Caller, RoleScope.DefaultGroupId, action)!;

    public ManagementAccess Managing(Registry registry, string action = ManagementActions.RegistriesWrite) => ManagementAccess.Decide(Installation.Caller, registry, action)!;

    public async Task<Registry> CreateAsync(string name, string tier = "Premium", RegistryChange? wanted = null) =>
        (await Store.CreateAsync(Managing(), name, null, (wanted ?? new RegistryChange()) with { Plan = TierCatalog.Default.Find(tier) })).Registry!;

    public Task<RegistryOutcome> DeleteAsync(Registry registry) => Store.DeleteAsync(Managing(registry, ManagementActions.RegistriesDelete));

    /// <summary>Everything may be done there.</summary>
    public RepositoryAccess At(Registry registry, string repository) => Callers.Access(Installation.Caller, registry, repository, RepositoryActions.All);

    public ValueTask DisposeAsync() => Installation.DisposeAsync();
}
