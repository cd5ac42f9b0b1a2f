using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Core.Identity;
using Breakwater.Server.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Breakwater.Server.Tests.Management;

public sealed class ArmPageTests(AccessHost host) : ManagementTest(host)
{
    private const int Many = 205;

    private async Task<List<JsonNode>> ReadAsync(string path, int pages)
    {
        var found = new List<JsonNode>();
        for (var next = path; next is not null; pages--)
        {
            var page = (await CallAsync(HttpStatusCode.OK, "GET", next))!;
            Assert.InRange(page["value"]!.AsArray().Count, 1, 100);
            found.AddRange(page["value"]!.AsArray().Select(node => node!));
            next = (string?)page["nextLink"];
        }
        Assert.Equal(0, pages);
        return found;
    }

    [Fact]
    public async Task List_ScopeMapsAndTokens_ComeInPagesAndAreComplete()
    {
        var maps = Host.Services.GetRequiredService<ScopeMaps>();
        var registry = Host.Services.GetRequiredService<Core.Registries.RegistryDirectory>().All.Single();
        var access = Core.Access.ManagementAccess.Decide(Host.Managing.Caller, registry, Core.Access.ManagementActions.ScopeMapsWrite)!;
        var names = Enumerable.Range(0, Many).Select(i => $"many-{i:D3}").ToList();
        foreach (var name in names)
        {
            await maps.PutAsync(access, name, null, ["repositories/x/content/read"]);
            await Host.Services.GetRequiredService<ScopedTokens>().PutAsync(access, name, name, enabled: true);
        }
        await Host.Services.GetRequiredService<ScopedTokens>().GenerateAsync(access, names[^1], "password1", null);

        var listed = await ReadAsync($"{Registry}/scopeMaps{Version}", pages: 3);
        Assert.Equal(names, listed.Select(map => (string)map["name"]!).Where(name => name.StartsWith("many", StringComparison.Ordinal)));
        var tokens = await ReadAsync($"{Registry}/tokens{Version}", pages: 3);
        Assert.Equal(names, tokens.Select(token => (string)token["name"]!));
        Assert.Single(tokens[^1]["properties"]!["credentials"]!["passwords"]!.AsArray());
        Assert.Empty(tokens[0]["properties"]!["credentials"]!["passwords"]!.AsArray());
    }

    [Fact]
    public async Task List_RoleAssignments_KeepTheFilterFromPageToPage()
    {
        var group = await GroupAsync("many");
        var member = await CreateUserAsync("one-of-many");
        await JoinAsync(group, member);
        await AssignAsync(group, "AcrPull");
        for (var i = 0; i < 101; i++)
            await AssignAsync(await GroupAsync($"other{i}"), "AcrPull");

        var list = $"{Registry}/providers/Microsoft.Authorization/roleAssignments{Version}";
        var all = await ReadAsync(list, pages: 2);
        Assert.True(all.Count > 101);
        Assert.Equal(all.Count, all.Select(a => (string)a["id"]!).Distinct().Count());
        var link = (string)(await CallAsync(HttpStatusCode.OK, "GET", $"{list}&$filter=atScope()"))!["nextLink"]!;
        Assert.Contains("api-version=2022-04-01&$filter=atScope%28%29&$skipToken=", link, StringComparison.Ordinal);
        Assert.Single(await ReadAsync($"{list}&$filter=assignedTo('{member}')", pages: 1));
        await CallAsync(HttpStatusCode.BadRequest, "GET", $"{list}&$skipToken=x");
    }

    [Fact]
    public async Task List_RoleDefinitions_ComeInPagesWithTheBuiltInOnesFirst()
    {
        var roles = Host.Services.GetRequiredService<CustomRoles>();
        var access = Core.Access.ManagementAccess.Decide(Host.Managing.Caller, null, Core.Access.ManagementActions.RoleDefinitionsWrite)!;
        var permissions = new Core.Access.RolePermissions { Actions = [new Core.Access.PermissionPattern("Microsoft.ContainerRegistry/registries/pull/read")] };
        var names = Enumerable.Range(0, Many).Select(i => i % 2 == 0 ? $"Role {i:D3}" : $"role {i:D3}").ToList();
        foreach (var name in names)
            Assert.Equal(CustomRoleOutcome.Created, await roles.PutAsync(access, Guid.NewGuid(), new CustomRoleContent(name, null, permissions, [Core.Access.RoleScope.Installation])));
        var list = $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions{Version}";
        static string NameOf(JsonNode role) => (string)role["properties"]!["roleName"]!;

        var builtIn = Core.Access.BuiltInRoles.All.Select(role => role.Name).Order(StringComparer.Ordinal).ToList();
        Assert.Equal([.. builtIn, .. names], (await ReadAsync(list, pages: 3)).Select(NameOf));
        Assert.Equal(names, (await ReadAsync($"{list}&$filter=type eq 'CustomRole'", pages: 3)).Select(NameOf));
        Assert.Equal(builtIn, (await ReadAsync($"{list}&$filter=type eq 'BuiltInRole'", pages: 1)).Select(NameOf));
        Assert.Equal([names[7]], (await ReadAsync($"{list}&$filter=roleName eq '{names[7].ToUpperInvariant()}'", pages: 1)).Select(NameOf));
        Assert.Equal(["AcrPull"], (await ReadAsync($"{list}&$filter=roleName eq 'AcrPull' and type eq 'BuiltInRole'", pages: 1)).Select(NameOf));
        Assert.Empty((await CallAsync(HttpStatusCode.OK, "GET", $"{list}&$filter=roleName eq 'AcrPull' and type eq 'CustomRole'"))!["value"]!.AsArray());
        Assert.Equal(Many + builtIn.Count, (await ReadAsync($"{list}&$filter=atScopeAndBelow()", pages: 3)).Count);
    }
}
