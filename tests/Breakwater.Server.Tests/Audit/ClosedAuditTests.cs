using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Breakwater.Core.Metadata;
using Breakwater.Server.Tests.Access;
using Breakwater.Server.Tests.Management;
using Microsoft.Extensions.DependencyInjection;

namespace Breakwater.Server.Tests.Audit;

/// <summary>Without the log nothing is changed, and everything else goes on.</summary>
public sealed class ClosedAuditTests(AccessHost host) : ManagementTest(host)
{
    private Task<int> ExecuteAsync(string sql) => Host.Services.GetRequiredService<IMetadataDatabase>().WriteAsync(db =>
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    });

    private async Task<int> SetAdminUserAsync(bool enabled)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Registry}{Version}") { Content = JsonContent.Create(new { properties = new { adminUserEnabled = enabled } }) };
        request.Headers.Authorization = AccessHost.Basic();
        using var answer = await Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<bool> IsAdminUserEnabledAsync()
    {
        JsonNode registry = (await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}{Version}"))!;
        return (bool)registry["properties"]!["adminUserEnabled"]!;
    }

    [Fact]
    public async Task Change_TraceCannotBeWritten_IsNotMade()
    {
        Assert.Equal(200, await SetAdminUserAsync(false));
        await ExecuteAsync("ALTER TABLE audit_pending RENAME TO away");
        Assert.InRange(await SetAdminUserAsync(true), 500, 599);
        Assert.False(await IsAdminUserEnabledAsync());
        await ExecuteAsync("ALTER TABLE away RENAME TO audit_pending");
        Assert.Equal(200, await SetAdminUserAsync(true));
        Assert.True(await IsAdminUserEnabledAsync());
    }

    [Fact]
    public async Task Pull_RecordsCannotBeWritten_GoesOn()
    {
        await ExecuteAsync("ALTER TABLE audit_segment RENAME TO away2");
        using var pulled = await Host.SendAsync("GET", "/v2/a/manifests/v1", AccessHost.Basic());
        Assert.Equal(200, (int)pulled.StatusCode);
        await Task.Delay(600, TestContext.Current.CancellationToken);
        await ExecuteAsync("ALTER TABLE away2 RENAME TO audit_segment");
        await Task.Delay(2000, TestContext.Current.CancellationToken);
        var page = await CallAsync(HttpStatusCode.OK, "GET", $"{Registry}/auditEvents{Version}&repository=a");
        Assert.Single(page!["value"]!.AsArray());
    }
}
