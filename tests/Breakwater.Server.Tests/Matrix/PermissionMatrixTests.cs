using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Core.Access;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>
/// Everybody against every endpoint over HTTP: who may is served or told what is wrong with the request, who may not is refused and changes
/// nothing. What is expected is written down in <see cref="MatrixRows"/> and <see cref="MatrixPrincipals"/>, and not asked of the product.
/// </summary>
public sealed class PermissionMatrixTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    public static TheoryData<string, bool, char> RolesModesAndScopes =>
    [
        .. from role in MatrixPrincipals.Roles
           from abac in new[] { false, true }
           from scope in role.Planes == Need.Nothing ? "s" : "sgr"
           select (role.Name, abac, scope),
    ];

    public static TheoryData<string, bool, char> CustomRolesModesAndScopes =>
    [
        .. from role in MatrixPrincipals.CustomRoles from abac in new[] { false, true } from scope in role.Planes == Need.Nothing ? "s" : "sgr" select (role.Name, abac, scope),
    ];

    public static TheoryData<string, bool> TokensAndModes =>
        [.. from token in MatrixPrincipals.Tokens from abac in new[] { false, true } select (token.Name, abac)];

    [Fact]
    public void Rows_Endpoints_AreAllThereAre()
    {
        var routes = host.Endpoints.OfType<RouteEndpoint>().Select(endpoint =>
            $"{string.Join(' ', endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)} {endpoint.RoutePattern.RawText!.Replace(host.Standing.Tenant, MatrixRows.Tenant, StringComparison.Ordinal)}");

        Assert.Equal(routes.Order(StringComparer.Ordinal), MatrixRows.All.Select(row => row.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Principals_Roles_AreAllThereAre() =>
        Assert.Equal(BuiltInRoles.All.Select(role => role.Name).Order(), MatrixPrincipals.Roles.Select(role => role.Name).Order());

    /// <summary>Without this a refusal would prove nothing: the request might not have changed anything anyway.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryRow_ByWhoMayEverything_SucceedsAndChangesWhatItSays(bool abac)
    {
        await host.SetModeAsync(abac);
        foreach (var row in MatrixRows.All.Where(row => row.Need != Need.Nothing && !row.FindsNothing))
        {
            var targets = row.Fresh is null ? host.Standing : await row.Fresh(host.Make, host.Standing);
            var before = row.Changes ? await host.ReadStateAsync() : "";
            foreach (var method in row.Methods.Split(' '))
                (await host.Make.SendAsync(method, row.Make(targets))).Dispose();
            Assert.False(row.Changes && before == await host.ReadStateAsync(), $"{row} changed nothing");
            if (row.Undo is not null)
                (await host.Make.SendAsync("PATCH", row.Undo(targets))).Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(RolesModesAndScopes))]
    public async Task Role_EveryEndpoint_IsAsTheMatrixSays(string role, bool abac, char scope)
    {
        var (user, credentials) = await host.Make.UserWithPasswordAsync();
        await host.Make.AssignAsync(host.Standing, scope, user, role);

        await CheckAsync(MatrixPrincipals.Roles.Single(principal => principal.Name == role), abac, scope, credentials);
    }

    [Theory]
    [MemberData(nameof(CustomRolesModesAndScopes))]
    public async Task CustomRole_EveryEndpoint_IsAsTheMatrixSays(string pattern, bool abac, char scope)
    {
        var id = pattern.StartsWith("d:", StringComparison.Ordinal)
            ? await host.Make.RoleAsync(host.Standing, scope, [], [pattern[2..]])
            : await host.Make.RoleAsync(host.Standing, scope, [pattern]);
        var (user, credentials) = await host.Make.UserWithPasswordAsync();
        await host.Make.AssignIdAsync(host.Standing, scope, user, id);

        await CheckAsync(MatrixPrincipals.CustomRoles.Single(principal => principal.Name == pattern), abac, scope, credentials);
    }

    [Theory]
    [MemberData(nameof(TokensAndModes))]
    public async Task Token_EveryEndpoint_IsAsTheMatrixSays(string actions, bool abac) =>
        await CheckAsync(MatrixPrincipals.Tokens.Single(principal => principal.Name == actions), abac, 'r', await host.Make.TokenWithAsync(host.Standing, actions));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AdminUser_EveryEndpoint_IsAsTheMatrixSays(bool abac)
    {
        var listed = await host.Make.JsonAsync("POST", new Sent($"{host.Standing.Registry}/listCredentials?api-version=2022-04-01"));

        await CheckAsync(MatrixPrincipals.Admin, abac, 's', MatrixHost.Basic("local", (string)listed["passwords"]![1]!["value"]!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoRole_EveryEndpoint_IsRefused(bool abac) =>
        await CheckAsync(MatrixPrincipals.Nobody, abac, 's', (await host.Make.UserWithPasswordAsync()).Credentials);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoCredentials_EveryEndpoint_IsRefused(bool abac) => await CheckAsync(null, abac, 's', null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnonymousTokenWherePullIsOpen_EveryEndpoint_IsAsTheMatrixSays(bool abac)
    {
        await host.ChangeRegistryAsync(new { anonymousPullEnabled = true });
        var scopes = $"scope=repository:{host.Standing.Repository}:*&scope=registry:catalog:*";
        var answer = JsonNode.Parse(await host.Client.GetStringAsync($"/oauth2/token?service={host.Client.BaseAddress!.Authority}&{scopes}", TestContext.Current.CancellationToken));

        await CheckAsync(MatrixPrincipals.AnonymousWherePullIsOpen, abac, 's', new("Bearer", (string)answer!["access_token"]!));
        await host.ChangeRegistryAsync(new { anonymousPullEnabled = false });
    }

    private async Task CheckAsync(MatrixPrincipal? principal, bool abac, char scope, AuthenticationHeaderValue? credentials)
    {
        await host.SetModeAsync(abac);
        var allowed = MatrixRows.All.ToLookup(row => row.Need == Need.Nothing || (principal is not null && principal.Has(row.Need, abac, scope, row.Where)));
        var wrong = new List<string>();
        var before = await host.ReadStateAsync();
        foreach (var row in allowed[false])
            wrong.AddRange((await host.SendAsync(row, host.Standing, credentials)).Where(status => status is not (401 or 403)).Select(status => $"{row}: {status}, but is not allowed"));
        Assert.Equal(before, await host.ReadStateAsync());
        foreach (var row in allowed[true])
            wrong.AddRange((await ServeAsync(row, credentials)).Where(status => IsRefusal(row, status)).Select(status => $"{row}: {status}, but is allowed"));
        Assert.Empty(wrong);
    }

    private async Task<List<int>> ServeAsync(MatrixRow row, AuthenticationHeaderValue? credentials)
    {
        var statuses = await host.SendAsync(row, row.Fresh is null ? host.Standing : await row.Fresh(host.Make, host.Standing), credentials);
        if (row.Undo is not null)
            (await host.Make.SendAsync("PATCH", row.Undo(host.Standing))).Dispose();
        return statuses;
    }

    // The token endpoint is open and judges credentials by itself.
    private static bool IsRefusal(MatrixRow row, int status) => status is 403 or 429 or >= 500 || (status == 401 && row.Need != Need.Nothing);
}
