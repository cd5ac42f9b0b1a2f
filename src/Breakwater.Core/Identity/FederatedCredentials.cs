using System.Data.Common;
using Breakwater.Core.Access;
using Breakwater.Core.Metadata;
using Dapper;

namespace Breakwater.Core.Identity;

/// <summary>Which tokens of other issuers stand for which service principals: sign-in without a secret.</summary>
/// <param name="tenantId">The installation's id; the audience that is made for it names it.</param>
public sealed class FederatedCredentials(IMetadataDatabase database, PrincipalDirectory directory, TrustedIssuers issuers, Guid tenantId, TimeProvider clock)
{
    /// <summary>Credentials that one principal can have at a time, as with Entra ID.</summary>
    public const int MaxCredentials = 20;

    private const int MaxLength = 600;

    private const string Columns = "id, principal_id, name, issuer, subject, audience, expression, description";

    /// <summary>The audience that no other installation has.</summary>
    public string OwnAudience { get; } = $"api://{tenantId:D}";

    /// <param name="replace">Put it in the place of one of the same name; else that is in its way.</param>
    /// <returns>Null when there is no such service principal.</returns>
    /// <exception cref="InvalidValueException">A value is not acceptable; the message says what to do.</exception>
    public async Task<FederatedCredential?> AddAsync(ManagementAccess access, FederatedCredential wanted, bool replace = false)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        Require(wanted);
        var problem = await database.WriteAsync(db =>
        {
            if (!PrincipalRows.Exists(db, "service_principal", wanted.PrincipalId))
                return null;
            if (replace)
                Remove(db, wanted.PrincipalId, "name = @name", new { principalId = wanted.PrincipalId, name = wanted.Name });
            if (db.ExecuteScalar<long>("SELECT COUNT(*) FROM federated_credential WHERE principal_id = @PrincipalId", wanted) >= MaxCredentials)
                return $"There are {MaxCredentials} federated credentials already. Remove one that is no longer used.";
            return db.Execute(
                $"INSERT INTO federated_credential ({Columns}, created_at) VALUES (@Id, @PrincipalId, @Name, @Issuer, @Subject, @Audience, @Expression, @Description, @now) ON CONFLICT DO NOTHING",
                new { wanted.Id, wanted.PrincipalId, wanted.Name, wanted.Issuer, wanted.Subject, wanted.Audience, wanted.Expression, wanted.Description, now = clock.GetUtcNow() }) > 0
                ? ""
                : $"There is a federated credential named {wanted.Name} already.";
        });
        if (problem is { Length: > 0 })
            throw new InvalidValueException(problem);
        if (replace)
            await directory.RefreshAsync(wanted.PrincipalId);
        return problem is null ? null : wanted;
    }

    public async Task<IReadOnlyList<FederatedCredential>> ListAsync(ManagementAccess access, Guid principalId)
    {
        access.Demand(ManagementActions.DirectoryRead);
        return (await database.ReadAsync(db => db.QueryAsync<FederatedCredential>(
            $"SELECT {Columns} FROM federated_credential WHERE principal_id = @principalId ORDER BY name", new { principalId }))).AsList();
    }

    /// <summary>Removes one; whoever has signed in by it must sign in anew.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(ManagementAccess access, Guid principalId, Guid id)
    {
        access.Demand(ManagementActions.DirectoryWrite);
        var removed = await database.WriteAsync(db => Remove(db, principalId, "id = @id", new { id, principalId }));
        await directory.RefreshAsync(principalId);
        return removed;
    }

    /// <summary>Those that a verified token of <paramref name="issuer"/> might match; nobody is shown them.</summary>
    internal async Task<IReadOnlyList<FederatedCredential>> OfAsync(string issuer, string subject) => (await database.ReadAsync(db => db.QueryAsync<FederatedCredential>(
        $"SELECT {Columns} FROM federated_credential WHERE issuer = @issuer AND subject = @subject", new { issuer, subject }))).AsList();

    /// <param name="which">SQL from the code, never a caller's text.</param>
    private static bool Remove(DbConnection db, Guid principalId, string which, object parameters) =>
        db.Execute($"DELETE FROM federated_credential WHERE {which} AND principal_id = @principalId", parameters) > 0
        && db.Execute("UPDATE service_principal SET version = version + 1 WHERE id = @principalId", new { principalId }) > 0;

    private void Require(FederatedCredential wanted)
    {
        DisplayText.Require(wanted.Name, "The name");
        issuers.Require(wanted.Issuer);
        if (wanted.Subject.Length is 0 or > MaxLength || wanted.Subject.Contains('*', StringComparison.Ordinal))
            throw new InvalidValueException($"The subject must be exactly what the token's sub is, without wildcards, at most {MaxLength} characters.");
        if (wanted.Audience != OwnAudience && !IsAddress(wanted.Audience))
            throw new InvalidValueException($"The audience must be this installation's own, {OwnAudience}, or the address of the registry, https://HOST. An audience that other products share lets their tokens in.");
        if (wanted.Expression is not null && ClaimsExpression.TryParse(wanted.Expression) is null)
            throw new InvalidValueException("The claimsMatchingExpression must be of the form claims['name'] eq 'value', joined by and.");
    }

    private static bool IsAddress(string audience) =>
        audience.Length <= MaxLength && Uri.TryCreate(audience, UriKind.Absolute, out var uri) && uri is { Scheme: "https", UserInfo: "" };
}
