using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Server.Management.OpenApi;
using Breakwater.Server.Tests.Access;
using Microsoft.OpenApi;

namespace Breakwater.Server.Tests.Management.OpenApi;

public sealed class ApiDocumentTests(AccessHost host) : ManagementTest(host)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void Operations_OfTheCatalog_AreExactlyTheRoutes()
    {
        var routes = ApiDocument.RoutesOf(Host.Routes).Select(route => $"{route.Method} {route.Route}").Order(StringComparer.Ordinal);
        Assert.Equal(routes, Operations.All.Select(operation => $"{operation.Method} {operation.Route}").Order(StringComparer.Ordinal));
        Assert.Equal(Operations.All.Count, Operations.All.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public async Task Document_Served_IsTheOneThatIsCheckedIn()
    {
        using var response = await Host.SendAsync("GET", "/openapi.json", null);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var actual = document.ToJsonString(Indented) + "\n";
        Assert.Equal(await Snapshot.ReadAsync("Management/OpenApi/openapi.json", actual), actual);
    }

    [Fact]
    public void Document_ReadByMicrosoftsLibrary_HasNoErrors()
    {
        var read = OpenApiDocument.Parse(ApiDocument.Write(Host.Routes).ToJsonString());

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(Operations.All.Count, read.Document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Theory]
    [InlineData("Registry", "")]
    [InlineData("ScopeMap", "/scopeMaps/_repositories_pull")]
    [InlineData("Token", "/tokens/described")]
    [InlineData("Webhook", "/webhooks/described")]
    [InlineData("RoleAssignment", "/providers/Microsoft.Authorization/roleAssignments/6b5ae1f4-4b7c-4f0e-9d0e-1d1c7f1e2a11")]
    [InlineData("RoleDefinition", "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d")]
    public async Task Answer_OfAResource_HasNoMemberThatTheDocumentLacks(string schema, string tail)
    {
        if (tail.StartsWith("/tokens", StringComparison.Ordinal))
            await CallAsync(HttpStatusCode.Created, "PUT", Registry + tail + Version, new { properties = new { scopeMapId = $"{Registry}/scopeMaps/_repositories_pull" } });
        if (tail.StartsWith("/webhooks", StringComparison.Ordinal))
            await CallAsync(HttpStatusCode.Created, "PUT", Registry + tail + Version, new { location = "local", properties = new { serviceUri = "https://receiver.example/", actions = new[] { "push" } } });
        if (schema == "RoleAssignment")
            await AssignAsync(await CreateUserAsync("holder"), "AcrPull", id: Guid.Parse(tail[^36..]));
        var known = ApiDocument.Write(Host.Routes)["components"]!["schemas"]![schema]!;

        AssertKnown(await CallAsync(HttpStatusCode.OK, "GET", Registry + tail + Version), known, schema);
    }

    private static void AssertKnown(JsonNode? shown, JsonNode schema, string path)
    {
        if (shown is not JsonObject members || schema["properties"] is not JsonObject known)
            return;
        foreach (var member in members)
        {
            Assert.True(known.ContainsKey(member.Key), $"{path}.{member.Key} is answered, but not in the document.");
            if (known[member.Key] is JsonObject inner)
                AssertKnown(member.Value, inner, $"{path}.{member.Key}");
        }
    }
}
