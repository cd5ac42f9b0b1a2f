using System.Reflection;
using Breakwater.Core.Storage;
using Breakwater.Oci;
using NetArchTest.Rules;

namespace Breakwater.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md: Oci, then Core, then Server.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Oci = typeof(Digest).Assembly;
    private static readonly Assembly Core = typeof(BlobVault).Assembly;

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

    private static void AssertNone(Assembly assembly, params string[] dependencies)
    {
        var result = Types.InAssembly(assembly).ShouldNot().HaveDependencyOnAny(dependencies).GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
