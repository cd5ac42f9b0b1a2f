namespace Breakwater.Cli.Commands.Configuration;

/// <summary><c>breakwater config retention update</c></summary>
internal sealed class RetentionUpdateCommand() : PolicyUpdateCommand(
    RegistryPolicy.Retention, "Change whether manifests without a tag are deleted, and when.", "How long they stay after they lost their last tag: 0 to 365 days.",
    "Fewer days count for manifests that lost their tags already: some of them may be deleted at once. Change it?");
