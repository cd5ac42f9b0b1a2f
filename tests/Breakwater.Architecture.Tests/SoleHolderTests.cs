using System.Reflection;
using Breakwater.Core.Access;
using Breakwater.Core.Installation;
using Breakwater.Core.Storage;

namespace Breakwater.Architecture.Tests;

/// <summary>What has one holder or one maker, so that there is one place to look at.</summary>
public sealed class SoleHolderTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly Core = typeof(BlobVault).Assembly;
    private static readonly Assembly Server = Assembly.Load("Breakwater.Server");

    private static readonly Type[] Proofs = [typeof(RepositoryAccess), typeof(RegistryAccess), typeof(ManagementAccess)];

    private static IEnumerable<Type> Holders(Func<Type, bool> held) =>
        Core.GetTypes().Concat(Server.GetTypes()).Where(type => type.GetFields(Everything).Any(field => held(field.FieldType)));

    [Fact]
    public void BlobDriver_Port_IsHeldByTheVaultAlone() =>
        Assert.Equal([typeof(BlobVault)], Holders(type => type == typeof(IBlobDriver)));

    [Fact]
    public void BlobDriver_Implementations_AreHeldWhereAllIsPutTogether() =>
        Assert.Equal([typeof(OpenInstallation)], Holders(type => type != typeof(IBlobDriver) && typeof(IBlobDriver).IsAssignableFrom(type)).Where(type => type.DeclaringType is null));

    [Fact]
    public void BlobDriver_Names_StandInStorageAndInstallationOnly() => Assert.Equal(
        [
            "src/Breakwater.Core/Installation/FirstStart.cs",
            "src/Breakwater.Core/Installation/OpenInstallation.cs",
            "src/Breakwater.Core/Storage/BlobVault.cs",
            "src/Breakwater.Core/Storage/FileSystemDriver.cs",
            "src/Breakwater.Core/Storage/IBlobDriver.cs",
            "src/Breakwater.Core/Work/Backups.cs",
        ],
        Sources.Holding("IBlobDriver", "FileSystemDriver"));

    [Fact]
    public void Proofs_Constructors_ArePrivate() =>
        Assert.All(Proofs.SelectMany(proof => proof.GetConstructors(Everything)), constructor => Assert.True(constructor.IsPrivate));

    /// <summary>A proof is made by its own decisions; the gate hands it on, an import asks for it anew, and so does who opens a signed address. Whatever else returns one could make one.</summary>
    [Fact]
    public void Proofs_Makers_AreTheirOwnDecisions() => Assert.Equal(
        [
            "AccessFeature.get_Management", "AccessFeature.get_RegistryWide", "AccessFeature.get_Repository", "AccessGate.TryGetRepositoryAccess",
            "ImportRights.Now", "ImportRights.Own", "ImportRights.Source", "ImportRights.Target", "ImportRun.get_MountSource", "LocalSource.get_Access",
            "ManagementAccess.Decide", "ManagementAccess.DecideInGroup", "ManagementDemand.Decide", "OpenedAddress.get_Access", "RegistryAccess.Decide", "RepositoryAccess.Decide", "RepositoryAccess.DecideImport",
        ],
        Core.GetTypes().Concat(Server.GetTypes()).SelectMany(type => type.GetMethods(Everything))
            .Where(method => Proofs.Contains(method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Proofs_WaysAroundConstructors_AreNotUsed() =>
        Assert.Empty(Sources.Holding("UnsafeAccessor", "GetUninitializedObject", "Activator.CreateInstance", "MemberwiseClone", ".GetConstructor("));

    [Fact]
    public void Caller_Constructors_AreInvisibleOutsideCore() =>
        Assert.All(typeof(Caller).GetConstructors(Everything), constructor => Assert.True(constructor.IsAssembly || constructor.IsPrivate));

    [Fact]
    public void Caller_IsMade_ByAccessIdentityAndTokensOnly() =>
        Assert.All(Sources.Holding("new Caller("), path => Assert.Matches("^src/Breakwater.Core/(Access|Identity|Tokens)/", path));

    [Fact]
    public void Endpoints_AreMapped_InOnePlace() =>
        Assert.Equal(["src/Breakwater.Server/Access/EndpointMapping.cs"], Sources.Holding(".MapMethods("));

    [Fact]
    public void Endpoints_OtherWaysToMap_AreNotUsed() =>
        Assert.Empty(Sources.Holding(".MapGet(", ".MapPost(", ".MapPut(", ".MapDelete(", ".MapPatch(", ".MapFallback(", ".MapHub<", ".MapControllers("));

    /// <summary>The one maker of outgoing HTTP, the one place that maps, and the client of the local control socket. Another file here is a decision to be reviewed.</summary>
    [Fact]
    public void BannedSymbols_AreSuppressed_InThreeFiles() => Assert.Equal(
        ["src/Breakwater.Core/Network/OutgoingHttp.cs", "src/Breakwater.Server/Access/EndpointMapping.cs", "src/Breakwater.Server/Commands/CommandDispatch.cs"], Sources.Holding("RS0030"));
}
