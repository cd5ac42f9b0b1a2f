using Breakwater.Core.Identity;
using Breakwater.Server.Audit;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Commands;

/// <summary>The one user of a new installation.</summary>
internal static class OwnerSetup
{
    public const string UserName = "owner";

    /// <summary>Creates the owner at the first start; later gives it the password that the operator names, if that is another one.</summary>
    /// <returns>The generated password to show once, or null, and where the password came from.</returns>
    /// <exception cref="InvalidValueException">The named password is not acceptable; the message says what to do.</exception>
    public static async Task<(string? Generated, string Note)> RunAsync(PrincipalDirectory directory, UserAccounts users, PasswordSignIn signIn, StartRecords records, ServerSettings settings)
    {
        var named = OwnerPassword.Read(settings);
        if (directory.Find(UserName) is not { } owner)
            return await CreateAsync(users, records, named);
        if (named is null)
            return (null, "set before; to replace it, start once with --owner-password-file FILE");
        if (await signIn.IsPasswordAsync(owner, named))
            return (null, "as you named it");
        await users.SetPasswordAsync(owner.Principal.Id, named);
        await records.OwnerPasswordSetAsync();
        return (null, "replaced by the one you named");
    }

    private static async Task<(string?, string)> CreateAsync(UserAccounts users, StartRecords records, Secret? named)
    {
        var password = named ?? GeneratedPassword.Create();
        await users.CreateOwnerAsync(UserName, password);
        await records.OwnerPasswordSetAsync();
        return named is null ? (password.Reveal(), "generated, shown this once") : (null, "as you named it");
    }
}
