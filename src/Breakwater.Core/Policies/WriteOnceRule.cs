using Breakwater.Core.Access;
using Breakwater.Core.Access.Conditions;
using Breakwater.Core.Identity;
using Breakwater.Oci;

namespace Breakwater.Core.Policies;

/// <summary>Tags that, once set, mean the same manifest for good.</summary>
public sealed record WriteOnceRule
{
    /// <summary>Rules that a registry can have: 100. Each change of a tag asks them all.</summary>
    public const int MaxCount = 100;

    private readonly string _marked;

    /// <param name="repositories">As <see cref="RepositoryPattern"/>.</param>
    /// <param name="tags">A tag, with <c>*</c> for any characters, also none: <c>v*</c>, <c>*-release</c>, <c>*</c>. Case counts.</param>
    /// <exception cref="InvalidValueException">One of them can match nothing.</exception>
    public WriteOnceRule(string repositories, string tags)
    {
        if (!RepositoryPattern.IsValid(repositories))
            throw new InvalidValueException("A rule's repositoryPattern must be a repository's name, * or a name that ends in /*.");
        if (!TagName.TryParse(tags.Replace('*', '_'), out _))
            throw new InvalidValueException($"A rule's tagPattern must be 1 to {TagName.MaxLength} characters of a tag, with * for any of them.");
        (Repositories, Tags, _marked) = (repositories, tags, tags.Replace('*', Wildcards.Run));
    }

    public string Repositories { get; }

    public string Tags { get; }

    public bool Covers(RepositoryName repository, TagName tag) =>
        RepositoryPattern.Covers(Repositories, repository) && Wildcards.Match(_marked, tag.Value, ignoreCase: false);

    public override string ToString() => $"{Repositories} {Tags}";
}
