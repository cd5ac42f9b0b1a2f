using System.CommandLine;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Roles;

/// <summary>What a role of one's own consists of. A list that is given replaces the old one; '' empties it.</summary>
internal sealed class RoleContentOptions
{
    private readonly Option<string?> description = new("--description") { Description = "What it is for.", HelpName = "TEXT" };
    private readonly Option<string[]?> actions = List("--actions", "What it opens on the management plane, and of content in the legacy mode.");
    private readonly Option<string[]?> notActions = List("--not-actions", "What of these it does not open.");
    private readonly Option<string[]?> dataActions = List("--data-actions", "What of content it opens.");
    private readonly Option<string[]?> notDataActions = List("--not-data-actions", "What of these it does not open.");
    private readonly Option<string[]?> scopes = List("--assignable-scopes", "Where it can be given: resource ids. Default: everywhere.");

    private IEnumerable<Option> All => [description, actions, notActions, dataActions, notDataActions, scopes];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    public bool AnyIn(Invocation call) => All.Any(call.IsGiven);

    /// <param name="old">What is kept where nothing is given.</param>
    public RoleDefinitionProperties Read(Invocation call, string name, RoleDefinitionProperties? old)
    {
        var before = old?.Permissions is [var first, ..] ? first : null;
        return new RoleDefinitionProperties
        {
            RoleName = name,
            Description = call.Value(description) ?? old?.Description,
            Type = "CustomRole",
            Permissions =
            [
                new RolePermission
                {
                    Actions = Texts(call, actions) ?? before?.Actions ?? [],
                    NotActions = Texts(call, notActions) ?? before?.NotActions ?? [],
                    DataActions = Texts(call, dataActions) ?? before?.DataActions ?? [],
                    NotDataActions = Texts(call, notDataActions) ?? before?.NotDataActions ?? [],
                },
            ],
            AssignableScopes = Texts(call, scopes) ?? old?.AssignableScopes ?? [call.Connection.Management.Subscription],
        };
    }

    private static List<string>? Texts(Invocation call, Option<string[]?> option) => call.IsGiven(option) ? [.. (call.Value(option) ?? []).Where(text => text.Length > 0)] : null;

    private static Option<string[]?> List(string name, string description) => new(name) { Description = description, HelpName = "…", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
}
