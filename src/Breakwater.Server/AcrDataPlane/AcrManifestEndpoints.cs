using Breakwater.Core.Access;
using Breakwater.Core.Manifests;
using Breakwater.Oci;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>Properties of manifests.</summary>
internal sealed class AcrManifestEndpoints(ManifestPropertyStore properties)
{
    public async Task ListAsync(HttpContext context, RepositoryAccess access)
    {
        var list = AcrList.Parse(context.Request.Query);
        var page = await properties.ListAsync(access, list.Query);
        if (page is { HasMore: true, Items: [.., var last] })
            list.SetNext(context.Response, $"/acr/v1/{access.Repository}/_manifests", last.Digest, last.UpdatedAt);
        await JsonAnswer.WriteAsync(context, JsonAnswer.Render(page.Items, (json, items) =>
        {
            AcrJson.WriteOwner(json, context, access);
            AcrJson.WriteArray(json, "manifests", items, ManifestJson.Write);
        }));
    }

    public async Task GetAsync(HttpContext context, RepositoryAccess access)
    {
        var digest = RouteText.Digest(context);
        await AnswerAsync(context, access, await properties.FindAsync(access, digest) ?? throw Unknown(digest));
    }

    public async Task PatchAsync(HttpContext context, RepositoryAccess access)
    {
        var digest = RouteText.Digest(context);
        var change = await AttributeBody.ReadAsync(context);
        await AnswerAsync(context, access, await properties.UpdateAsync(access, digest, change) ?? throw Unknown(digest));
    }

    private static Task AnswerAsync(HttpContext context, RepositoryAccess access, ManifestProperties found) =>
        JsonAnswer.WriteAsync(context, JsonAnswer.Render(found, (json, manifest) =>
        {
            AcrJson.WriteOwner(json, context, access);
            json.WriteStartObject("manifest");
            ManifestJson.Write(json, manifest);
            json.WriteEndObject();
        }));

    private static OciException Unknown(Digest digest) => new(
        OciErrors.ManifestUnknown, detail: new Dictionary<string, string> { ["reference"] = digest.Value });
}
