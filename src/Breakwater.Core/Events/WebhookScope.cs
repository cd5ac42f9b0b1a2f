using System.Buffers;
using Breakwater.Core.Identity;
using Breakwater.Oci;

namespace Breakwater.Core.Events;

/// <summary>Of which repositories and tags a webhook hears.</summary>
/// <remarks>
/// <code>
/// ''           everything                        foo:bar   the tag bar of foo
/// foo:*, foo:  everything in foo                 foo:v*    the tags of foo that begin with v
/// foo          foo:latest                        foo*      everything in repositories that begin with foo; so foo/*:v*, *:v*
/// </code>
/// A star stands at the end only. https://learn.microsoft.com/azure/container-registry/container-registry-webhook
/// </remarks>
public sealed record WebhookScope
{
    private const char Any = '*';

    private static readonly SearchValues<char> RepositoryCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");

    // Each ends in the star or not.
    private readonly string _repository, _tag;

    private WebhookScope(string repository, string tag) => (_repository, _tag) = (repository, tag);

    /// <exception cref="InvalidValueException">It is none; the message says what is.</exception>
    public static WebhookScope Parse(string text)
    {
        var (repository, tag) = text.Split(':') switch
        {
            [""] => ("*", "*"),
            [[.., Any] prefix] => (prefix, "*"),
            [var name] => (name, "latest"),
            [var name, ""] => (name, "*"),
            [var name, var pattern] => (name, pattern),
            _ => ("", ""),
        };
        return IsRepository(repository) && IsTag(tag) ? new WebhookScope(repository, tag) : throw new InvalidValueException(
            $"'{text}' is no scope. Use nothing for everything, NAME:TAG for one tag, NAME:* for a repository, or NAME for NAME:latest; a * may end the name or the tag.");
    }

    /// <summary>Whether the webhook hears of a change in a repository.</summary>
    /// <param name="tags">What was tagged, or went with what was deleted; a scope for one tag does not hear of what had none.</param>
    public bool Covers(RepositoryName repository, IReadOnlyList<string> tags) =>
        Matches(_repository, repository.Value) && (_tag == "*" || tags.Any(tag => Matches(_tag, tag)));

    private static bool Matches(string pattern, string text) =>
        pattern is [.., Any] ? text.AsSpan().StartsWith(pattern.AsSpan(..^1), StringComparison.Ordinal) : pattern == text;

    private static bool IsRepository(string pattern) => pattern is [.. var prefix, Any]
        ? prefix.Length < RepositoryName.MaxLength && !prefix.AsSpan().ContainsAnyExcept(RepositoryCharacters)
        : RepositoryName.TryParse(pattern, out _);

    private static bool IsTag(string pattern) => pattern is [.. var prefix, Any] ? prefix.Length == 0 || TagName.TryParse(prefix, out _) : TagName.TryParse(pattern, out _);
}
