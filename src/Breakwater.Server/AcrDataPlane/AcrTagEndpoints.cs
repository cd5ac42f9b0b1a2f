using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Tags;
using Breakwater.Oci;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>Properties of tags, and untagging.</summary>
internal sealed class AcrTagEndpoints(TagPropertyStore properties, TagStore tags)
{
    /// <summary>What az reads after it has removed a tag.</summary>
    private const string UntaggedDigest = "X-Ms-Int-Docker-Content-Digest";

    public async Task ListAsync(HttpContext context, RepositoryAccess access)
    {
        var list = AcrList.Parse(context.Request.Query);
        string? digest = context.Request.Query["digest"];
        var page = await properties.ListAsync(access, list.Query, string.IsNullOrEmpty(digest) ? null : Digest.Parse(digest));
        if (page is { HasMore: true, Items: [.., var last] })
            list.SetNext(context.Response, $"/acr/v1/{access.Repository}/_tags", last.Name, last.UpdatedAt, digest);
        await JsonAnswer.WriteAsync(context, JsonAnswer.Render(page.Items, (json, items) =>
        {
            AcrJson.WriteOwner(json, context, access);
            AcrJson.WriteArray(json, "tags", items, WriteTag);
        }));
    }

    public async Task GetAsync(HttpContext context, RepositoryAccess access) =>
        await AnswerAsync(context, access, await properties.FindAsync(access, RouteText.Tag(context)));

    public async Task PatchAsync(HttpContext context, RepositoryAccess access)
    {
        var tag = RouteText.Tag(context);
        var change = await AttributeBody.ReadAsync(context);
        await AnswerAsync(context, access, await properties.UpdateAsync(access, tag, change));
    }

    public async Task DeleteAsync(HttpContext context, RepositoryAccess access)
    {
        var digest = await tags.DeleteAsync(access, RouteText.Tag(context)) ?? throw new OciException(OciErrors.TagUnknown);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers[UntaggedDigest] = digest.Value;
    }

    private static Task AnswerAsync(HttpContext context, RepositoryAccess access, TagProperties? found) => JsonAnswer.WriteAsync(
        context, JsonAnswer.Render(found ?? throw new OciException(OciErrors.TagUnknown), (json, tag) =>
        {
            AcrJson.WriteOwner(json, context, access);
            json.WriteStartObject("tag");
            WriteTag(json, tag);
            json.WriteEndObject();
        }));

    private static void WriteTag(Utf8JsonWriter json, TagProperties tag)
    {
        json.WriteString("name", tag.Name);
        json.WriteString("digest", tag.Digest);
        AcrJson.WriteTimes(json, tag.CreatedAt, tag.UpdatedAt);
        json.WriteBoolean("signed", false);
        AcrJson.WriteUse(json, tag.PullCount, tag.LastPulledAt, tag.PushedAt);
        AcrJson.WriteAttributes(json, tag.Locks);
    }
}
