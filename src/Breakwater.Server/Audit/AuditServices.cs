using Breakwater.Core.Audit;
using Breakwater.Core.Registries;
using Breakwater.Server.Access;

namespace Breakwater.Server.Audit;

/// <summary>Registers the audit log's side of the server. Needs what signing in needs.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditLog log)
    {
        services.AddSingleton(log);
        services.AddSingleton<AttemptedNames>();
        services.AddSingleton<RequestRecords>();
        services.AddSingleton<AuditedChange>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton(p => new AuditColumnNames(p.GetRequiredService<InstallationScope>(), p.GetRequiredService<RegistryDirectory>()));
        services.AddSingleton<AuditExport>();
        services.AddSingleton<StartRecords>();
        services.AddSingleton<AuditEndpoints>();
        return services;
    }
}
