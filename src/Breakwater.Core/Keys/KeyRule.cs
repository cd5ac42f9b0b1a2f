using Breakwater.Core.Access.Conditions;

namespace Breakwater.Core.Keys;

/// <summary>Which registries may use which keys of a key store. What no rule allows nobody may use: the store may hold keys of others.</summary>
/// <param name="Key">A pattern of identifiers without a version; <c>*</c> stands for any characters.</param>
/// <param name="Registries">Patterns of registries' names.</param>
public sealed record KeyRule(string Key, IReadOnlyList<string> Registries)
{
    public bool Allows(string key, string registry) =>
        Wildcards.Match(Mark(Key), key, ignoreCase: false) && Registries.Any(pattern => Wildcards.Match(Mark(pattern), registry, ignoreCase: true));

    private static string Mark(string pattern) => pattern.Replace('*', Wildcards.Run);
}
