using Breakwater.Core.Imports;
using Breakwater.Core.Storage;
using Breakwater.Server.Errors;

namespace Breakwater.Server.Work;

/// <summary>Ends imports when the server stops, while the database is still open.</summary>
internal sealed class ImportService(ImportRunner imports, ILogger<ImportService> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        imports.Failed = (operation, problem) =>
        {
            if (problem is CorruptObjectException corrupt)
                IntegrityAlarm.Raise(logger, corrupt, operation.Name);
            else
                WorkLog.ImportFailed(logger, problem, operation.Name);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => imports.StopAsync();
}
