using System.Reflection;
using Breakwater.Client.Transport;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using NetArchTest.Rules;

namespace Breakwater.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md: Oci, then Core, then Server; and Oci, then Client, then Cli.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Oci = typeof(Digest).Assembly;
    private static readonly Assembly Core = typeof(BlobVault).Assembly;
    private static readonly Assembly Client = typeof(HttpChannel).Assembly;
    private static readonly Assembly Cli = Assembly.Load("breakwater");

    [Fact]
    public void Oci_Assembly_DependsOnTheFrameworkOnly() =>
        Assert.All(Oci.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    [Fact]
    public void Oci_Types_DoNoInputOrOutput() => AssertNone(Oci, "System.IO.File", "System.IO.FileStream", "System.Net", "Breakwater.Core", "Breakwater.Server");

    [Fact]
    public void Core_Types_KnowNeitherWebNorServer() => AssertNone(Core, "Microsoft.AspNetCore", "Breakwater.Server");

    /// <summary>Whatever goes out goes through one place.</summary>
    [Fact]
    public void Core_Types_OutsideOfNetwork_KnowNoHttp()
    {
        var result = Types.InAssembly(Core).That().DoNotResideInNamespace("Breakwater.Core.Network").ShouldNot().HaveDependencyOn("System.Net.Http").GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Core_Assembly_ReferencesNoCloudAndNoWeb()
    {
        string[] barred = ["Microsoft.AspNetCore", "Breakwater.Server", "Azure", "AWSSDK", "Amazon"];
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), a => barred.Any(b => a.Name!.StartsWith(b, StringComparison.Ordinal)));
    }

    /// <summary>A provider implements a port of Core's and knows nothing else of the product.</summary>
    [Theory]
    [InlineData("Breakwater.Keys.AzureKeyVault")]
    [InlineData("Breakwater.Keys.Pkcs11")]
    [InlineData("Breakwater.Keys.Vault")]
    public void Providers_Assemblies_KnowOfThisProductOnlyCore(string name) => Assert.Equal(
        ["Breakwater.Core"],
        Assembly.Load(name).GetReferencedAssemblies().Select(a => a.Name!).Where(a => a.StartsWith("Breakwater.", StringComparison.Ordinal) || a.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));

    [Fact]
    public void Providers_AreNamed_ByTheProgramAlone() => Assert.Equal(
        ["src/Breakwater.Server/Program.cs"],
        Sources.Holding("Breakwater.Keys.AzureKeyVault", "Breakwater.Keys.Pkcs11", "Breakwater.Keys.Vault").Where(path => !path.StartsWith("src/Providers/", StringComparison.Ordinal)));

    /// <summary>Whatever a provider sends goes through the guarded client.</summary>
    [Fact]
    public void Providers_Connections_AreMadeByTheGuardedClient() => Assert.DoesNotContain(
        Sources.Holding("new HttpClient(", "SocketsHttpHandler", "HttpClientHandler"), path => path.StartsWith("src/Providers/", StringComparison.Ordinal));

    [Fact]
    public void Client_Assembly_KnowsOciAndTheFrameworkOnly() =>
        Assert.All(Client.GetReferencedAssemblies(), a => Assert.Matches(@"^(System\.|Breakwater\.Oci$)", a.Name!));

    [Fact]
    public void Cli_Assembly_KnowsOfThisProductOnlyOciAndClient() => Assert.Equal(
        ["Breakwater.Client", "Breakwater.Oci"],
        Cli.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Breakwater.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    /// <summary>All it has to say to a server it says through the client.</summary>
    [Fact]
    public void Cli_Types_KnowNoHttp() => AssertNone(Cli, "System.Net.Http", "System.Net.Sockets.Socket");

    /// <summary>One place makes connections, so that one place says which certificates are trusted and where credentials may go.</summary>
    [Fact]
    public void Client_Connections_AreMadeInOnePlace() => Assert.Equal(
        ["src/Breakwater.Client/Transport/HttpChannel.cs"], Sources.Holding("new HttpClient(", "SocketsHttpHandler", "HttpClientHandler").Where(path => path.StartsWith("src/Breakwater.Cli", StringComparison.Ordinal)));

    /// <summary>There is no way to leave the check of certificates out.</summary>
    [Fact]
    public void Client_Certificates_AreAlwaysChecked() => Assert.DoesNotContain(
        Sources.Holding("RemoteCertificateValidationCallback", "ServerCertificateCustomValidationCallback", "DangerousAccept"), path => path.StartsWith("src/Breakwater.Cli", StringComparison.Ordinal));

    private static void AssertNone(Assembly assembly, params string[] dependencies)
    {
        var result = Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(dependencies).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
