using System.Text;
using Breakwater.Core.Access;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>The admin user of a registry: named like it, with two passwords that are shown again, so that one can be replaced while the other works.</summary>
/// <remarks>https://learn.microsoft.com/azure/container-registry/container-registry-authentication#admin-account</remarks>
public sealed class AdminUsers(IMetadataDatabase database, PrincipalDirectory directory, SecretBox box, TimeProvider clock)
{
    private const string Purpose = "admin_password.sealed";

    public static readonly string[] PasswordNames = ["password", "password2"];

    /// <returns>The passwords in the order of <see cref="PasswordNames"/>; empty when the admin user was never enabled.</returns>
    public async Task<IReadOnlyList<Secret>> ShowAsync(ManagementAccess access, CancellationToken cancellationToken)
    {
        access.Demand(ManagementActions.ListCredentials);
        var id = access.Registry!.Id;
        var rows = await database.ReadAsync(db => db.QueryAsync<byte[]>("SELECT sealed FROM admin_password WHERE registry_id = @id ORDER BY name", new { id }));
        var passwords = new List<Secret>();
        foreach (var row in rows)
            passwords.Add(new Secret(Encoding.UTF8.GetString(await box.OpenAsync(Purpose, id, row, cancellationToken))));
        return passwords;
    }

    /// <summary>Replaces one password. Logins and tokens of the admin user end; the other password works on.</summary>
    /// <param name="name">One of <see cref="PasswordNames"/>.</param>
    public async Task RegenerateAsync(ManagementAccess access, string name)
    {
        access.Demand(ManagementActions.RegenerateCredential);
        ArgumentOutOfRangeException.ThrowIfLessThan(Array.IndexOf(PasswordNames, name), 0);
        var id = access.Registry!.Id;
        var row = await CreateAsync(id, name);
        await database.WriteAsync(db => db.Execute(
            $"""
            DELETE FROM admin_password WHERE registry_id = @Id AND name = @Name;
            {Insert};
            UPDATE registry SET admin_version = admin_version + 1 WHERE id = @Id;
            """,
            row));
        await directory.RefreshAsync(id);
    }

    internal async Task EnsurePasswordsAsync(Guid registryId)
    {
        foreach (var name in PasswordNames)
        {
            var row = await CreateAsync(registryId, name);
            await database.WriteAsync(db => db.Execute($"{Insert} ON CONFLICT DO NOTHING", row));
        }
    }

    private const string Insert = "INSERT INTO admin_password (registry_id, name, sealed, hash, created_at) VALUES (@Id, @Name, @Sealed, @Hash, @Now)";

    private async Task<NewPassword> CreateAsync(Guid registryId, string name)
    {
        var password = GeneratedPassword.Create(GeneratedPassword.AdminPrefix);
        var @sealed = await box.SealAsync(Purpose, registryId, Encoding.UTF8.GetBytes(password.Reveal()), CancellationToken.None);
        return new NewPassword(registryId, name, @sealed, PrincipalSecret.HashOf(password), clock.GetUtcNow());
    }

    private sealed record NewPassword(Guid Id, string Name, byte[] Sealed, byte[] Hash, DateTimeOffset Now);
}
