using System.Text.Json.Serialization;

namespace Breakwater.Server.Graph;

/// <summary>Names an object by its address: <c>…/directoryObjects/{id}</c>.</summary>
internal sealed record MemberReference([property: JsonPropertyName("@odata.id")] string? ObjectId)
{
    /// <summary>Null when it names none.</summary>
    public Guid? Id => ObjectId?.LastIndexOf('/') is { } at and >= 0 && Guid.TryParse(ObjectId.AsSpan(at + 1), out var id) ? id : null;
}
