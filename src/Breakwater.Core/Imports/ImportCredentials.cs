using Breakwater.Core.Identity;

namespace Breakwater.Core.Imports;

/// <summary>By which the server signs in at another registry; in memory only, while the import runs.</summary>
public sealed record ImportCredentials(string Name, Secret Password)
{
    /// <summary>Goes with a token in the place of a password, at ACR and here.</summary>
    public const string TokenUser = "00000000-0000-0000-0000-000000000000";
}
