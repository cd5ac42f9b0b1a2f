using System.Buffers;

namespace Breakwater.Core.Identity;

/// <summary>
/// Names of users: 1 to 64 lower-case letters, digits and <c>. _ - @</c>. A colon would end the name in Basic credentials, and what looks
/// like a GUID is the application id of a service principal.
/// </summary>
public static class UserName
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-@");

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(Allowed) && !Guid.TryParse(name, out _) && name != Anonymous.Name;
}
