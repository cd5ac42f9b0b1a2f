using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Breakwater.Server.Access;
using Breakwater.Server.Commands;
using Breakwater.Server.Tests.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Breakwater.Server.Tests.Matrix;

/// <summary>Takes the locks away one by one: what one of them let through, the next one stops.</summary>
public sealed class RemovedLockTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    public static TheoryData<string, bool> RolesAndModes =>
        [.. from role in MatrixPrincipals.Roles from abac in new[] { false, true } select (role.Name, abac)];

    /// <summary>Routes mapped with too small a demand: Core's operations demand what they need of the proof.</summary>
    [Theory]
    [MemberData(nameof(RolesAndModes))]
    public async Task Demand_TooSmallForARole_IsStoppedByCore(string role, bool abac)
    {
        await host.SetModeAsync(abac);
        var principal = MatrixPrincipals.Roles.Single(p => p.Name == role);
        foreach (var scope in principal.Planes == Need.Nothing ? "s" : "sgr")
            await RefusedAsync(row => principal.Has(row.Need, abac, scope, row.Where), await UserWithAsync(scope, role), RemovedLock.Demand, status => status is 401 or 403);
    }

    [Theory]
    [MemberData(nameof(PermissionMatrixTests.TokensAndModes), MemberType = typeof(PermissionMatrixTests))]
    public async Task Demand_TooSmallForAToken_IsStoppedByCore(string actions, bool abac)
    {
        await host.SetModeAsync(abac);
        var principal = MatrixPrincipals.Tokens.Single(p => p.Name == actions);

        await RefusedAsync(
            row => principal.Has(row.Need, abac, 'r', row.Where), await host.Make.TokenWithAsync(host.Standing, actions), RemovedLock.Demand, status => status is 401 or 403);
    }

    /// <summary>Who manages next to nothing gets a proof for next to nothing.</summary>
    [Theory]
    [InlineData('s')]
    [InlineData('g')]
    [InlineData('r')]
    public async Task Demand_TooSmallForTheLeastOfManagers_IsStoppedByCore(char scope)
    {
        var id = await host.Make.RoleAsync(host.Standing, 's', ["Microsoft.Resources/subscriptions/read"]);

        await RefusedAsync(
            row => row.Need is Need.Nothing or Need.SignIn, await UserWithRoleIdAsync(scope, id), RemovedLock.Demand, status => status is 401 or 403);
    }

    /// <summary>No gate: no proof, and without a proof no handler answers.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Gate_Absent_NothingIsServed(bool signedIn) =>
        RefusedAsync(row => row.Need == Need.Nothing, signedIn ? MatrixTargets.Maker : null, RemovedLock.Gate, status => status == 500);

    [Fact]
    public void Start_EndpointWithoutDemand_Fails()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(TimeProvider.System);
        foreach (var service in host.Services)
            builder.Services.Add(service);
        var app = builder.Build();
        app.MapGet("/forgotten", () => "");

        Assert.Contains("GET /forgotten", Assert.Throws<InvalidOperationException>(() => ServeCommand.MapRoutes(app)).Message, StringComparison.Ordinal);
    }

    /// <summary>The file that is reviewed shows what the server maps, and not only what a test mapped by hand.</summary>
    [Fact]
    public void Snapshot_Server_MapsWhatTheFileShows() => Assert.Equal(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../Access/routes.txt")), RouteLines.Normalise(RouteTable.Describe(host.Sources), Guid.Parse(host.Standing.Tenant)));

    private static string Here([CallerFilePath] string path = "") => path;

    private async Task RefusedAsync(Func<MatrixRow, bool> isAllowed, AuthenticationHeaderValue? credentials, RemovedLock removed, Func<int, bool> isRefusal)
    {
        var before = await host.ReadStateAsync();
        host.Removed = removed;
        var wrong = new List<string>();
        try
        {
            foreach (var row in MatrixRows.All.Where(row => !isAllowed(row)))
                wrong.AddRange((await host.SendAsync(row, host.Standing, credentials)).Where(status => !isRefusal(status)).Select(status => $"{row}: {status}"));
        }
        finally
        {
            host.Removed = RemovedLock.None;
        }
        Assert.Empty(wrong);
        Assert.Equal(before, await host.ReadStateAsync());
    }

    private async Task<AuthenticationHeaderValue> UserWithAsync(char scope, string role)
    {
        var (id, credentials) = await host.Make.UserWithPasswordAsync();
        await host.Make.AssignAsync(host.Standing, scope, id, role);
        return credentials;
    }

    private async Task<AuthenticationHeaderValue> UserWithRoleIdAsync(char scope, string role)
    {
        var (id, credentials) = await host.Make.UserWithPasswordAsync();
        await host.Make.AssignIdAsync(host.Standing, scope, id, role);
        return credentials;
    }
}
