using System.Globalization;
using System.Text;
using Breakwater.Core.Installation;
using Breakwater.Core.Storage;
using Breakwater.Core.Work;
using Breakwater.Server.Configuration;

namespace Breakwater.Server.Commands;

/// <summary>The operator's commands on an open installation: the running server's, or one that the command opened itself.</summary>
internal sealed class OperatorCommands(OpenInstallation installation)
{
    /// <param name="dryRun">Says what would be taken, and why; takes nothing.</param>
    public async Task<CommandResult> CleanUpAsync(bool dryRun, CancellationToken cancellationToken)
    {
        if (dryRun)
            return new CommandResult(ExitCodes.Done, Describe(await installation.CleanUp.PreviewAsync()));
        var report = await installation.CleanUp.RunAsync(cancellationToken);
        var swept = await installation.CleanUp.SweepAsync(cancellationToken);
        return new CommandResult(ExitCodes.Done, string.Create(CultureInfo.InvariantCulture,
            $"Removed {report.Blobs} unreferenced blobs, {report.Uploads} forgotten uploads and {report.Files + swept} files.\n"));
    }

    /// <param name="deep">Reads all content.</param>
    public async Task<CommandResult> VerifyAsync(bool deep, CancellationToken cancellationToken)
    {
        var report = await installation.Verification.RunAsync(deep, cancellationToken);
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
            text.Append(CultureInfo.InvariantCulture, $"{finding.Invariant}: {finding.Problem}\n");
        var read = deep ? string.Create(CultureInfo.InvariantCulture, $", {report.Bytes} bytes read") : "";
        text.Append(CultureInfo.InvariantCulture, $"{report.Objects} objects looked at{read}, {report.Orphans} files without a row (harmless, swept after an hour).\n");
        if (report.Closed > 0)
            text.Append(CultureInfo.InvariantCulture, $"{report.Closed} registries were left out: their keys may not be used now.\n");
        text.Append(report.Holds ? "All invariants hold.\n" : string.Create(CultureInfo.InvariantCulture, $"{report.Findings.Count} findings.\n"));
        return new CommandResult(report.Holds ? ExitCodes.Done : ExitCodes.Failed, text.ToString());
    }

    /// <param name="target">A new or empty directory.</param>
    public async Task<CommandResult> BackupAsync(string target, CancellationToken cancellationToken)
    {
        try
        {
            var count = await installation.Backups.CreateAsync(target, cancellationToken);
            return new CommandResult(ExitCodes.Done, string.Create(CultureInfo.InvariantCulture,
                $"Copied the database and {count} objects to {target}.\nThe backup is sealed: keep the key file {installation.Directory.KeyFile} elsewhere, it is not in it.\n"));
        }
        catch (Exception e) when (e is WrongVolumeException or IOException or UnauthorizedAccessException)
        {
            return new CommandResult(ExitCodes.Failed, $"The backup failed: {e.Message}\n");
        }
    }

    /// <param name="registry">Its name.</param>
    public async Task<CommandResult> OpenNetworkAsync(string registry) => await installation.Reopening.OpenAsync(registry)
        ? new CommandResult(ExitCodes.Done, $"Registry {registry} is reached from everywhere again: public access is on, the default action is Allow, and no rule denies.\n")
        : new CommandResult(ExitCodes.Failed, $"There is no registry {registry}. There are: {string.Join(", ", installation.Registries.All.Select(one => one.Name).Order())}.\n");

    private static string Describe(IReadOnlyList<ReviewedBlob> blobs)
    {
        var text = new StringBuilder();
        foreach (var blob in blobs)
            text.Append(CultureInfo.InvariantCulture, $"{Verb(blob.Outcome),-5} {blob.Repository} {blob.Digest} {blob.SizeBytes} bytes: {Reason(blob)}\n");
        var taken = blobs.Where(b => b.Outcome == ReviewOutcome.Remove).ToList();
        text.Append(CultureInfo.InvariantCulture, $"A run now would take {taken.Count} of {blobs.Count} blobs under review, {taken.Sum(b => b.SizeBytes)} bytes.\n");
        return text.ToString();
    }

    private static string Verb(ReviewOutcome outcome) => outcome == ReviewOutcome.Remove ? "take" : "keep";

    private static string Reason(ReviewedBlob blob) => blob.Outcome switch
    {
        ReviewOutcome.Remove => "no manifest refers to it and its lease has ended",
        ReviewOutcome.Referenced => "a manifest refers to it",
        ReviewOutcome.Leased => string.Create(CultureInfo.InvariantCulture, $"leased until {blob.Until:u}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"reviewed at {blob.Until:u}"),
    };
}
