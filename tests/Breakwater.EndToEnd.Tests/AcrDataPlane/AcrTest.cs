using System.Text;
using System.Text.Json.Nodes;
using Breakwater.EndToEnd.Tests.Conformance;
using Breakwater.EndToEnd.Tests.Suite;
using Breakwater.Testing.Images;
using Breakwater.Testing.Registry;

namespace Breakwater.EndToEnd.Tests.AcrDataPlane;

/// <summary>Requests to <c>/acr/v1</c>, with paths encoded as Azure's SDKs encode them.</summary>
public abstract class AcrTest(RunningRegistry registry) : ConformanceTest(registry)
{
    private protected string At => $"/acr/v1/{Uri.EscapeDataString(Repository)}";

    private protected string TagAt(string tag) => $"{At}/_tags/{tag}";

    private protected string ManifestAt(string digest) => $"{At}/_manifests/{Uri.EscapeDataString(digest)}";

    private protected async Task<TestManifest> PushImageAsync(string reference, string? repository = null)
    {
        var image = TestManifest.RandomImage(Content);
        await ExpectAsync(201, Client.PushAsync(repository ?? Repository, reference, image), "push");
        return image;
    }

    private protected Task<RegistryReply> PatchAsync(string path, string body) =>
        Client.SendAsync(HttpMethod.Patch, path, Encoding.UTF8.GetBytes(body), "application/json");

    private protected Task<RegistryReply> SetAsync(string path, string attribute, bool value) =>
        ExpectAsync(200, PatchAsync(path, $$"""{"{{attribute}}":{{(value ? "true" : "false")}}}"""), $"PATCH {path}");

    private protected async Task<JsonNode> GetJsonAsync(string path) => (await ExpectAsync(200, Client.GetAsync(path), path)).Json!;

    private protected async Task AssertDisallowedAsync(Task<RegistryReply> call, string what)
    {
        var reply = await ExpectAsync(405, call, what);
        if (reply.Body.Length > 0)
            Assert.Equal(["REGISTRY_DISALLOWED_OPERATION"], reply.ErrorCodes);
    }

    /// <summary>.NET's round-trip form in UTC.</summary>
    private protected static void AssertTimes(JsonNode item)
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", (string)item["createdTime"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$", (string)item["lastUpdateTime"]!);
    }

    private protected static void AssertAttributes(JsonNode item, bool delete = true, bool write = true, bool read = true, bool list = true) =>
        Assert.Equal((delete, write, read, list), (Flag(item, "deleteEnabled"), Flag(item, "writeEnabled"), Flag(item, "readEnabled"), Flag(item, "listEnabled")));

    /// <summary>Follows links to the end.</summary>
    private protected async Task<List<string>> WalkAsync(string path, string array, string key)
    {
        var found = new List<string>();
        for (string? next = path; next is not null;)
        {
            var reply = await ExpectAsync(200, Client.GetAsync(next), next);
            found.AddRange(reply.Json![array]!.AsArray().Select(item => key.Length == 0 ? (string)item! : (string)item![key]!));
            var link = reply.Header("Link");
            next = link?[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)];
            Assert.True(next is null || next.StartsWith(path.Split('?')[0].Replace("%2F", "/", StringComparison.Ordinal), StringComparison.Ordinal), link);
        }
        return found;
    }

    private static bool Flag(JsonNode item, string name) => (bool)item["changeableAttributes"]![name]!;
}
