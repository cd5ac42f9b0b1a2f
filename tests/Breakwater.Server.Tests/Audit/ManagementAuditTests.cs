using System.Net;
using System.Net.Http.Json;
using Breakwater.Server.Tests.Access;

namespace Breakwater.Server.Tests.Audit;

/// <summary>Changes of rights, settings and the directory.</summary>
public sealed class ManagementAuditTests(AccessHost host) : AuditTest(host)
{
    private const string Category = "category=ContainerRegistryAdministrationEvents";

    [Fact]
    public async Task RoleAssignment_GivenAndTaken_TellsWhoGotWhat()
    {
        var user = await CreateUserAsync("rosa@example");
        var id = Guid.NewGuid();
        await AssignAsync(user, "AcrPull", id: id);
        await CallAsync(HttpStatusCode.OK, "DELETE", $"{Registry}/providers/Microsoft.Authorization/roleAssignments/{id:D}{Version}");

        var records = (await FindAsync(Category)).Where(r => Text(r, "_ResourceId")!.EndsWith($"{id:D}", StringComparison.Ordinal)).ToList();
        Assert.Equal(["Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete"], records.Select(r => Text(r, "OperationName")));
        Assert.All(records, record =>
        {
            Assert.Contains($"principalId={user}", Text(record, "ResultDescription"), StringComparison.Ordinal);
            Assert.Contains("roleDefinitionId=", Text(record, "ResultDescription"), StringComparison.Ordinal);
            Assert.Equal("owner", Text(record, "Identity"));
        });
    }

    [Fact]
    public async Task Setting_Changed_TellsTheNewValue()
    {
        await CallAsync(HttpStatusCode.OK, "PATCH", $"{Registry}{Version}", new { properties = new { adminUserEnabled = true } });
        var record = (await FindAsync(Category + "&operation=Microsoft.ContainerRegistry/registries/write"))[^1];
        Assert.Equal(("200", "adminUserEnabled=true"), (Text(record, "ResultType"), Text(record, "ResultDescription")!.ToLowerInvariant().Replace("adminuserenabled", "adminUserEnabled", StringComparison.Ordinal).Split(';')[0]));
    }

    [Fact]
    public async Task User_Made_TellsItsIdAndNotItsPassword()
    {
        var id = await CreateUserAsync("sara@example");
        var record = (await FindAsync(Category)).Last(r => Text(r, "ResultDescription")?.Contains("sara@example", StringComparison.Ordinal) == true);
        Assert.Contains($"id={id}", Text(record, "ResultDescription"), StringComparison.Ordinal);
        Assert.Contains("passwordProfile", Text(record, "ResultDescription"), StringComparison.Ordinal);
        Assert.DoesNotContain(AccessHost.Password, record.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_Failed_HasItsStatusAndCode()
    {
        using var answer = await Host.SendAsync("DELETE", $"{Graph}/users/{Guid.NewGuid():D}", AccessHost.Basic());
        var record = Assert.Single(await OfAsync(answer));
        Assert.Equal(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), Text(record, "ResultType"));
        Assert.NotNull(record["ResultDescription"]);
    }

    [Fact]
    public async Task Refused_WithoutTheRight_IsRecordedAlsoForReading()
    {
        await Host.CreateNobodyAsync("tina");
        var before = (await FindAsync("identity=tina&result=403")).Count;
        await CallAsync(HttpStatusCode.Forbidden, "GET", $"{Registry}{Version}", authorization: AccessHost.Basic("tina"));
        await CallAsync(HttpStatusCode.Forbidden, "GET", Events, authorization: AccessHost.Basic("tina"));
        await CallAsync(HttpStatusCode.Forbidden, "PATCH", $"{Registry}{Version}", new { }, AccessHost.Basic("tina"));
        Assert.Equal(before + 3, (await FindAsync("identity=tina&result=403")).Count);
    }

    [Fact]
    public async Task Read_Allowed_HasNoRecordButReadingSecretsAndTheLogHas()
    {
        using var plain = await Host.SendAsync("GET", $"{Registry}{Version}", AccessHost.Basic());
        Assert.Empty(await OfAsync(plain));
        using var log = await Host.SendAsync("GET", Events, AccessHost.Basic());
        Assert.Equal("Microsoft.ContainerRegistry/registries/auditEvents/list/action", Text(Assert.Single(await OfAsync(log)), "OperationName"));
        await CallAsync(HttpStatusCode.OK, "PATCH", $"{Registry}{Version}", new { properties = new { adminUserEnabled = true } });
        using var secrets = await Host.SendAsync("POST", $"{Registry}/listCredentials{Version}", AccessHost.Basic());
        var body = await secrets.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(TestContext.Current.CancellationToken);
        var record = Assert.Single(await OfAsync(secrets));
        Assert.Equal("Microsoft.ContainerRegistry/registries/listCredentials/action", Text(record, "OperationName"));
        Assert.DoesNotContain((string)body!["passwords"]![0]!["value"]!, record.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>A reader of the registry is no reader of the log; whoever manages it is.</summary>
    [Theory]
    [InlineData("Reader", HttpStatusCode.Forbidden)]
    [InlineData("User Access Administrator", HttpStatusCode.Forbidden)]
    [InlineData("Contributor", HttpStatusCode.OK)]
    [InlineData("Owner", HttpStatusCode.OK)]
    public async Task Events_ByRole_AreForManagers(string role, HttpStatusCode expected)
    {
        var name = $"{Guid.NewGuid():N}@example";
        await AssignAsync(await CreateUserAsync(name), role);
        await CallAsync(expected, "GET", Events, authorization: AccessHost.Basic(name));
    }

    /// <summary>No log, no change.</summary>
    [Fact]
    public async Task Change_BodyTooLarge_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Registry}{Version}") { Content = JsonContent.Create(new { x = new string('x', 2 << 20) }) };
        request.Headers.Authorization = AccessHost.Basic();
        using var answer = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
