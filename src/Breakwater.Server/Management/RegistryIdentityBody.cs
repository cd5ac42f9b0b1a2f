using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary><c>identity</c> of a registry as clients send it: user-assigned identities, by their resource ids.</summary>
/// <param name="PrincipalId">Read only, as the next.</param>
/// <param name="UserAssignedIdentities">All of them; one whose value is null is taken away.</param>
internal sealed partial record RegistryIdentityBody(string? Type, JsonElement? PrincipalId, JsonElement? TenantId, Dictionary<string, JsonElement?>? UserAssignedIdentities)
{
    public const string None = "None", UserAssigned = "UserAssigned";

    private const int MaxCount = 20;

    [GeneratedRegex("^/subscriptions/[^/]{1,64}/resourceGroups/[^/]{1,90}/providers/Microsoft[.]ManagedIdentity/userAssignedIdentities/[A-Za-z0-9_-]{3,128}$", RegexOptions.IgnoreCase)]
    private static partial Regex ResourceId { get; }

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public IReadOnlyList<string> ToList()
    {
        if (Type is not null && !Is(None) && !Is(UserAssigned))
            throw Invalid($"identity.type must be {None} or {UserAssigned}. A registry has no identity of its own here, since nothing would act under it: key stores are reached with the operator's credentials.");
        var given = (UserAssignedIdentities ?? []).Where(entry => entry.Value is { ValueKind: not JsonValueKind.Null }).Select(entry => entry.Key).ToList();
        if (given.Count > 0 && Is(None))
            throw Invalid($"identity.type is {None}, but identity.userAssignedIdentities is not empty. Write {UserAssigned}, or leave them out.");
        if (given.Count > MaxCount || given.Find(id => !ResourceId.IsMatch(id)) is not null)
            throw Invalid($"identity.userAssignedIdentities must be at most {MaxCount} resource ids of Microsoft.ManagedIdentity/userAssignedIdentities.");
        return given;
    }

    private bool Is(string type) => type.Equals(Type, StringComparison.OrdinalIgnoreCase);

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidRequest, message);
}
