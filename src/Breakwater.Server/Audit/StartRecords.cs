using Breakwater.Core.Audit;
using Breakwater.Server.Configuration;
using Breakwater.Server.Hosting;

namespace Breakwater.Server.Audit;

/// <summary>What the operator changed from outside: settings hold from a start on, and the owner's password may be named at one.</summary>
internal sealed class StartRecords(AuditLog log, ServerSettings settings, TimeProvider clock)
{
    private const string Start = "Breakwater/server/start/action", OwnerPassword = "Breakwater/ownerPassword/write";

    /// <summary>The version, and all settings that are not the default; of secrets only that they are set.</summary>
    public Task ServerStartedAsync() => WriteAsync(Start, $"Version {ProductVersion.Text}; {string.Join("; ", Changed())}");

    public Task OwnerPasswordSetAsync() => WriteAsync(OwnerPassword, "Set at the start, by the operator of the machine.");

    private IEnumerable<string> Changed()
    {
        var defaults = new ServerSettings();
        return SettingKeys.All.Where(key => key.Show(settings) != key.Show(defaults)).Select(key => $"{key.Name}={key.Show(settings)}");
    }

    private Task WriteAsync(string operation, string description) => log.WriteAsync(new AuditRecord
    {
        Time = clock.GetUtcNow(),
        Category = AuditCategory.Administration,
        Operation = operation,
        Status = StatusCodes.Status200OK,
        Description = description,
    });
}
