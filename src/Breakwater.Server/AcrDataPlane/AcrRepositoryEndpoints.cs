using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Repositories;
using Breakwater.Server.Distribution;

namespace Breakwater.Server.AcrDataPlane;

/// <summary>A repository's properties, and its deletion.</summary>
internal sealed class AcrRepositoryEndpoints(RepositoryPropertyStore properties, RepositoryStore repositories)
{
    public async Task GetAsync(HttpContext context, RepositoryAccess access) => await AnswerAsync(context, access, await properties.FindAsync(access));

    public async Task PatchAsync(HttpContext context, RepositoryAccess access)
    {
        var change = await AttributeBody.ReadAsync(context);
        await AnswerAsync(context, access, await properties.UpdateAsync(access, change));
    }

    public async Task DeleteAsync(HttpContext context, RepositoryAccess access)
    {
        var deleted = await repositories.DeleteAsync(access, EventRequests.Of(context));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await JsonAnswer.WriteAsync(context, JsonAnswer.Render(deleted, WriteDeleted));
    }

    private static Task AnswerAsync(HttpContext context, RepositoryAccess access, RepositoryProperties found) =>
        JsonAnswer.WriteAsync(context, JsonAnswer.Render(found, (json, repository) =>
        {
            AcrJson.WriteOwner(json, context, access);
            AcrJson.WriteTimes(json, repository.CreatedAt, repository.UpdatedAt);
            json.WriteNumber("manifestCount", repository.ManifestCount);
            json.WriteNumber("tagCount", repository.TagCount);
            AcrJson.WriteUse(json, repository.PullCount, repository.LastPulledAt, repository.LastPushedAt);
            AcrJson.WriteAttributes(json, repository.Locks);
        }));

    private static void WriteDeleted(Utf8JsonWriter json, DeletedRepository deleted)
    {
        AcrJson.WriteTexts(json, "manifestsDeleted", deleted.Manifests);
        AcrJson.WriteTexts(json, "tagsDeleted", deleted.Tags);
    }
}
