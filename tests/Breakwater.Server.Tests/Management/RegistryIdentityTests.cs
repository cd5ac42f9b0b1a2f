using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Management;

/// <summary>The user-assigned identities of a registry: which can be given to it, and what it shows of them.</summary>
public sealed class RegistryIdentityTests(AccessHost host) : ManagementTest(host)
{
    private static readonly string Root = $"{Subscription}/resourceGroups/breakwater/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

    [Fact]
    public async Task Patch_WithAnIdentityOfTheDirectory_ShowsItsIds()
    {
        var made = (await MakeAsync("shown"))["properties"]!;
        var shown = await GiveAsync(HttpStatusCode.OK, [Root.ToUpperInvariant() + "/SHOWN", $"{Root}/shown"]);
        Assert.Equal("UserAssigned", (string?)shown!["identity"]!["type"]);
        var (id, ids) = shown["identity"]!["userAssignedIdentities"]!.AsObject().Single();
        Assert.Equal((Root + "/shown", (string?)made["principalId"], (string?)made["clientId"]), (id, (string?)ids!["principalId"], (string?)ids["clientId"]));

        Assert.Equal("""{"type":"None"}""", (await PatchAsync(HttpStatusCode.OK, new { identity = new { type = "None" } }))!["identity"]!.ToJsonString());
    }

    [Fact]
    public async Task Patch_WithOneThatIsNotThere_IsRefusedAndChangesNothing()
    {
        await MakeAsync("first");
        await GiveAsync(HttpStatusCode.OK, [$"{Root}/first"]);
        foreach (var absent in new[] { $"{Root}/absent", Root.Replace($"{AccessHost.InstallationId:D}", $"{Guid.NewGuid():D}", StringComparison.Ordinal) + "/first", Root.Replace("/breakwater/", "/other/", StringComparison.Ordinal) + "/first" })
        {
            var refusal = await GiveAsync(HttpStatusCode.BadRequest, [$"{Root}/first", absent]);
            Assert.Equal("FailedIdentityOperation", (string?)refusal!["error"]!["code"]);
            Assert.Contains(absent, (string?)refusal["error"]!["message"], StringComparison.Ordinal);
        }
        Assert.Equal([$"{Root}/first"], Names(await CallAsync(HttpStatusCode.OK, "GET", Registry + Version)));
    }

    [Theory]
    [InlineData("SystemAssigned")]
    [InlineData("SystemAssigned, UserAssigned")]
    public async Task Patch_WithTheRegistrysOwnIdentity_IsRefusedWithTheReason(string type)
    {
        var refusal = await PatchAsync(HttpStatusCode.BadRequest, new { identity = new { type } });
        Assert.Contains("no identity of its own", (string?)refusal!["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_ByWhoeverMayNotSeeTheDirectory_TellsNothingAndKeepsWhatThereIs()
    {
        await MakeAsync("kept");
        await MakeAsync("hidden");
        await GiveAsync(HttpStatusCode.OK, [$"{Root}/kept"]);
        await AssignAsync(await CreateUserAsync("keeper"), "Contributor");
        var keeper = AccessHost.Basic("keeper");

        var hidden = (string)(await GiveAsync(HttpStatusCode.BadRequest, [$"{Root}/hidden"], keeper))!["error"]!["message"]!;
        var absent = (string)(await GiveAsync(HttpStatusCode.BadRequest, [$"{Root}/nobody"], keeper))!["error"]!["message"]!;
        Assert.Equal(hidden.Replace("hidden", "nobody", StringComparison.Ordinal), absent);

        // Clients send the whole resource to change one member of it.
        Assert.Equal([$"{Root}/kept"], Names(await GiveAsync(HttpStatusCode.OK, [$"{Root}/kept"], keeper)));
    }

    [Fact]
    public async Task Delete_OfAnIdentityThatARegistryHas_LeavesItThereWithoutIds()
    {
        await MakeAsync("leaver");
        await GiveAsync(HttpStatusCode.OK, [$"{Root}/leaver"]);
        await CallAsync(HttpStatusCode.OK, "DELETE", $"{Root}/leaver{Version}");
        Assert.Equal("{}", (await IdsOfAsync("leaver"))!.ToJsonString());

        // Another one of the name is not what the registry was given, until somebody gives it.
        var again = (await MakeAsync("leaver"))["properties"]!;
        Assert.Equal("{}", (await IdsOfAsync("leaver"))!.ToJsonString());
        await GiveAsync(HttpStatusCode.OK, [$"{Root}/leaver"]);
        Assert.Equal((string?)again["clientId"], (string?)(await IdsOfAsync("leaver"))!["clientId"]);
    }

    private async Task<JsonNode> MakeAsync(string name) => (await CallAsync(HttpStatusCode.Created, "PUT", $"{Root}/{name}{Version}", new { location = "local" }))!;

    private Task<JsonNode?> GiveAsync(HttpStatusCode expected, IEnumerable<string> ids, AuthenticationHeaderValue? by = null) =>
        PatchAsync(expected, new { identity = new { type = "UserAssigned", userAssignedIdentities = ids.ToDictionary(id => id, _ => new { }) } }, by);

    private Task<JsonNode?> PatchAsync(HttpStatusCode expected, object body, AuthenticationHeaderValue? by = null) => CallAsync(expected, "PATCH", Registry + Version, body, by);

    private async Task<JsonNode?> IdsOfAsync(string name) =>
        (await CallAsync(HttpStatusCode.OK, "GET", Registry + Version))!["identity"]!["userAssignedIdentities"]![$"{Root}/{name}"];

    private static IEnumerable<string> Names(JsonNode? registry) => registry!["identity"]!["userAssignedIdentities"]!.AsObject().Select(entry => entry.Key);
}
