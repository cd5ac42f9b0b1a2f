using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Operations;

/// <summary>What <c>purge</c> is to remove: the flags of <c>acr purge</c>, and pulls.</summary>
internal sealed class PurgeOptions
{
    private readonly Option<string[]?> filters = new("--filter") { Description = "REPOSITORY:TAG, two regular expressions: the first must match the whole name, the second some part of the tag. As often as needed.", HelpName = "FILTER" };
    private readonly Option<string?> ago = new("--ago") { Description = "Only what was not changed for so long: 30d, 1d12h, 90m. Default: whatever its age.", HelpName = "TIME" };
    private readonly Option<string?> notPulledFor = new("--not-pulled-for") { Description = "Only what was neither pulled nor pushed for so long. Default: whether it is pulled or not.", HelpName = "TIME" };
    private readonly Option<int?> keep = new("--keep") { Description = "So many of the newest tags that would go stay, in each repository. Default: 0.", HelpName = "N" };
    private readonly Option<bool> untagged = new("--untagged") { Description = "Manifests without a tag go too, in the repositories that the filters mean." };
    private readonly Option<DateTimeOffset?> asOf = new("--as-of") { Description = "Count the times back from this moment, as a dry run has named it: what was changed since stays. Default: now.", HelpName = "TIME" };
    private readonly Option<bool> includeLocked = new("--include-locked") { Description = "Locks of tags and manifests are no obstacle." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { filters, ago, notPulledFor, keep, untagged, includeLocked, asOf })
            command.Add(option);
    }

    /// <exception cref="BreakwaterException">There is no filter.</exception>
    public PurgeRequest Read(Invocation call) => new(
        call.Value(filters) is { Length: > 0 } given ? given : throw new BreakwaterException(ErrorKind.Invalid, "It is not said what to purge.", "Give --filter REPOSITORY:TAG; '.*:.*' means everything."),
        call.Value(ago), call.Value(notPulledFor), call.Value(keep), call.Value(untagged), call.Value(includeLocked))
    {
        AsOf = call.Value(asOf),
    };
}
