using Breakwater.Core.Identity;
using Breakwater.Core.Imports;
using Breakwater.Oci;

namespace Breakwater.Server.Management;

/// <summary>https://learn.microsoft.com/rest/api/containerregistry/registries/import-image</summary>
/// <param name="TargetTags"><c>repo[:tag]</c>; without a tag the source's counts.</param>
/// <param name="UntaggedTargetRepositories">Where it arrives by its digest only.</param>
/// <param name="Mode"><c>NoForce</c> (default) or <c>Force</c>.</param>
/// <param name="IncludeReferrers">Not ACR's, which leaves signatures behind.</param>
internal sealed record ImportBody(ImportBody.Origin? Source, string[]? TargetTags, string[]? UntaggedTargetRepositories, string? Mode, bool IncludeReferrers)
{
    private const int MaxTargets = 50;
    private const string DockerHub = "registry-1.docker.io";

    /// <param name="ResourceId">A registry of this installation; or <paramref name="RegistryUri"/>, a host and perhaps a port.</param>
    /// <param name="SourceImage"><c>repo</c>, <c>repo:tag</c> or <c>repo@digest</c>.</param>
    internal sealed record Origin(string? ResourceId, string? RegistryUri, string? SourceImage, Login? Credentials);

    /// <param name="Username">Absent: the password is a token.</param>
    internal sealed record Login(string? Username, string? Password)
    {
        public override string ToString() => "***";
    }

    public bool IsForced => Mode switch
    {
        null => false,
        _ when Mode.Equals("NoForce", StringComparison.OrdinalIgnoreCase) => false,
        _ when Mode.Equals("Force", StringComparison.OrdinalIgnoreCase) => true,
        _ => throw Invalid("mode must be NoForce or Force."),
    };

    /// <summary>Host and port of the source in lower case; null when it is named by its resource id.</summary>
    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public string? Host
    {
        get
        {
            if ((Source?.ResourceId is null) == (Source?.RegistryUri is null))
                throw Invalid("source must have either resourceId, of a registry of this installation, or registryUri, the host of another one.");
            if (Source!.RegistryUri is not { } text)
                return null;
            // Nothing but a host: what stands before an '@' would be credentials, and what follows a '/' another address.
            var isHost = text.Length is > 0 and <= 255 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']') && Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var uri) && uri is { Host.Length: > 0, UserInfo: "", AbsolutePath: "/" };
            return isHost ? text.ToLowerInvariant() : throw Invalid("source.registryUri must be a host name, perhaps with a port, such as ghcr.io or registry.example:5000.");
        }
    }

    public ImportCredentials? SignIn => Source?.Credentials switch
    {
        null => null,
        _ when Host is null => throw Invalid("source.credentials stand with registryUri only. For a registry of this installation your own rights count."),
        { Password: not { Length: > 0 } } => throw Invalid("source.credentials must have a password."),
        { Username: { } name } when name.Contains(':', StringComparison.Ordinal) => throw Invalid("source.credentials.username must not hold a colon."),
        { Username: null or "" } token => new ImportCredentials(ImportCredentials.TokenUser, new Secret(token.Password!)),
        { } given => new ImportCredentials(given.Username, new Secret(given.Password!)),
    };

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public ImportImage Image => ImportImage.TryParse(Source?.SourceImage, out var image)
        ? new ImportImage(Host is "docker.io" or "index.docker.io" ? InHub(image.Repository) : image.Repository, image.Reference ?? ManifestReference.Parse(ImportImage.DefaultTag))
        : throw Invalid("source.sourceImage must be repository, repository:tag or repository@digest, without a host.");

    /// <summary>The host that is connected to.</summary>
    public string? Address => Host is "docker.io" or "index.docker.io" ? DockerHub : Host;

    /// <exception cref="OciException"><c>InvalidRequest</c></exception>
    public IReadOnlyList<ImportTarget> Targets()
    {
        var found = new Dictionary<string, (RepositoryName Repository, List<TagName> Tags)>();
        foreach (var text in TargetTags ?? [])
        {
            if (!ImportImage.TryParse(text, out var image) || image.Reference?.Digest is not null)
                throw Invalid("targetTags must be repository:tag each.");
            var tag = image.Reference?.Tag ?? Image.Reference!.Tag ?? TagName.Parse(ImportImage.DefaultTag);
            var tags = Of(image.Repository).Tags;
            if (!tags.Contains(tag))
                tags.Add(tag);
        }
        foreach (var text in UntaggedTargetRepositories ?? [])
            Of(RepositoryName.TryParse(text, out var name) ? name : throw Invalid("untaggedTargetRepositories must be repositories' names."));
        return found.Count is > 0 and <= MaxTargets && (TargetTags?.Length ?? 0) <= MaxTargets
            ? [.. found.Values.Select(target => new ImportTarget(target.Repository, target.Tags))]
            : throw Invalid($"Name 1 to {MaxTargets} targets in targetTags and untaggedTargetRepositories.");

        (RepositoryName Repository, List<TagName> Tags) Of(RepositoryName name) => found.TryGetValue(name.Value, out var known) ? known : found[name.Value] = (name, []);
    }

    private static RepositoryName InHub(RepositoryName name) => name.Value.Contains('/', StringComparison.Ordinal) ? name : RepositoryName.Parse("library/" + name.Value);

    private static OciException Invalid(string message) => new(ManagementErrors.InvalidRequest, message);
}
