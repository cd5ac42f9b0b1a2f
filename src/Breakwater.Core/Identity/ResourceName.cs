using System.Buffers;

namespace Breakwater.Core.Identity;

/// <summary>Names of a registry's child resources, as ACR has them: 5 to 50 letters, digits and hyphens, for some underscores too.</summary>
internal static class ResourceName
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    private static readonly SearchValues<char> WithUnderscores = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <exception cref="InvalidValueException">It is not valid; the message says what is.</exception>
    public static void Require(string name, string what, bool underscores)
    {
        if (name.Length is < 5 or > 50 || name.AsSpan().ContainsAnyExcept(underscores ? WithUnderscores : Plain) || Guid.TryParse(name, out _))
            throw new InvalidValueException($"'{name}' is no name of a {what}. Use 5 to 50 letters, digits and hyphens{(underscores ? " or underscores" : "")}, but not the form of an application id.");
    }
}
