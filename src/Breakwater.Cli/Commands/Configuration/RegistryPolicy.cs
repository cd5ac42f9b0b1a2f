using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Cli.Output;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Configuration;

/// <summary>A policy of a registry that is on or off and counts days, read and changed by its name on the wire.</summary>
internal sealed class RegistryPolicy
{
    public static readonly RegistryPolicy SoftDelete = new("softDeletePolicy", "retentionDays", "soft delete"), Retention = new("retentionPolicy", "days", "retention");

    private readonly string member, days, name;
    private readonly Column[] columns;

    private RegistryPolicy(string member, string days, string name)
    {
        (this.member, this.days, this.name) = (member, days, name);
        columns = [new("Status", "status"), new("Days", days), new("Changed", "lastUpdatedTime", Cells.Time)];
    }

    public int DaysOf(ArmResource<RegistryProperties> registry) => Of(registry).TryGetProperty(days, out var shown) && shown.TryGetInt32(out var number) ? number : 0;

    public Answer Show(ArmResource<RegistryProperties> registry) => Answer.Item(Of(registry), columns);

    /// <summary>Null leaves as it is.</summary>
    public RegistryChange Change(string? status, int? number)
    {
        var policy = new JsonObject();
        if (status is not null)
            policy["status"] = status;
        if (number is not null)
            policy[days] = number;
        return new RegistryChange { Properties = new RegistryProperties { Policies = JsonSerializer.SerializeToElement(new JsonObject { [member] = policy }) } };
    }

    /// <exception cref="BreakwaterException">The server shows none.</exception>
    private JsonElement Of(ArmResource<RegistryProperties> registry) =>
        registry.Properties?.Policies is { ValueKind: JsonValueKind.Object } policies && policies.TryGetProperty(member, out var policy) && policy.ValueKind == JsonValueKind.Object
            ? policy
            : throw new BreakwaterException(ErrorKind.Failed, $"The server shows no {name} policy of {registry.Name}.", "It may be older than this program.");
}
