using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Breakwater.Core.Tiers;

/// <summary>The operator's own limits: a JSON file by tier and limit, null for none, for instance <c>{"Basic": {"maxBytes": 107374182400, "reads": {"perIdentity": null}}}</c>.</summary>
/// <remarks>The names are those of <see cref="TierLimits"/> and <see cref="RequestLimit"/>. What is not named stays as Azure has it. Features are not for sale.</remarks>
public static class TierOverrides
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true };

    /// <param name="file">Null: the catalog as it is.</param>
    /// <exception cref="InvalidDataException">The file cannot be used; the message says why.</exception>
    public static TierCatalog Read(string? file)
    {
        if (file is null)
            return TierCatalog.Default;
        try
        {
            return Apply(File.ReadAllText(file));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The tiers' limits in {file} cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="JsonException">It is not of that form, or a limit is below zero.</exception>
    internal static TierCatalog Apply(string text)
    {
        var overrides = JsonNode.Parse(text)?.AsObject() ?? throw new JsonException("it is null.");
        if (overrides.FirstOrDefault(entry => TierCatalog.Default.Find(entry.Key) is null) is { Key: { } unknown })
            throw new JsonException($"there is no tier '{unknown}'. There are {string.Join(", ", TierCatalog.Default.Names)}.");
        return new([.. TierCatalog.Default.Plans.Select(plan => overrides.FirstOrDefault(entry => plan == TierCatalog.Default.Find(entry.Key)).Value is { } given ? With(plan, given.AsObject()) : plan)]);
    }

    private static TierPlan With(TierPlan plan, JsonObject given)
    {
        var merged = Merge(JsonSerializer.SerializeToNode(plan.Limits, Json)!.AsObject(), given);
        if (Numbers(merged).Any(number => number < 0))
            throw new JsonException($"a limit of tier {plan.Name} is below zero.");
        return plan with { Limits = merged.Deserialize<TierLimits>(Json)! };
    }

    private static JsonObject Merge(JsonObject limits, JsonObject given)
    {
        foreach (var (name, value) in given)
            limits[name] = value is JsonObject inner && limits[name] is JsonObject outer ? Merge(outer, inner) : value?.DeepClone();
        return limits;
    }

    private static IEnumerable<long> Numbers(JsonObject limits) => limits.SelectMany(entry => entry.Value switch
    {
        JsonObject inner => Numbers(inner),
        JsonValue value when value.TryGetValue<long>(out var number) => [number],
        _ => [],
    });
}
