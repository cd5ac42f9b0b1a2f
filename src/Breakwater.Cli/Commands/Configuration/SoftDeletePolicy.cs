using System.Text.Json;
using Breakwater.Cli.Output;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Configuration;

/// <summary>A registry's soft delete policy, as an answer.</summary>
internal static class SoftDeletePolicy
{
    private static readonly Column[] Columns = [new("Status", "status"), new("Days", "retentionDays"), new("Changed", "lastUpdatedTime", Cells.Time)];

    /// <exception cref="BreakwaterException">The server shows none.</exception>
    public static JsonElement Of(ArmResource<RegistryProperties> registry) =>
        registry.Properties?.Policies is { ValueKind: JsonValueKind.Object } policies && policies.TryGetProperty("softDeletePolicy", out var policy) && policy.ValueKind == JsonValueKind.Object
            ? policy
            : throw new BreakwaterException(ErrorKind.Failed, $"The server shows no soft delete policy of {registry.Name}.", "It may be older than this program.");

    public static int DaysOf(ArmResource<RegistryProperties> registry) => Of(registry).TryGetProperty("retentionDays", out var days) && days.TryGetInt32(out var number) ? number : 0;

    public static Answer Show(ArmResource<RegistryProperties> registry) => Answer.Item(Of(registry), Columns);
}
