using Breakwater.Core.Identity;

namespace Breakwater.Server.Configuration;

/// <summary>The password that the operator chose for the owner, if any.</summary>
internal static class OwnerPassword
{
    /// <summary>From the variable or the file, without the line end that editors add. Null: the server generates one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Secret? Read(ServerSettings settings) =>
        settings.OwnerPassword ?? (settings.OwnerPasswordFile is { } file ? new Secret(File.ReadAllText(file).TrimEnd('\r', '\n')) : null);
}
