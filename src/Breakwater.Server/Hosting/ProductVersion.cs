using System.Reflection;

namespace Breakwater.Server.Hosting;

/// <summary>The version of the program, without the commit that a build appends.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
