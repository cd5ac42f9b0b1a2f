using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Breakwater.Core.Access;
using Breakwater.Core.Installation;
using Breakwater.Core.Policies;
using Breakwater.Core.Repositories;
using Breakwater.Core.Tests.Access;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Tests.Installation;

/// <summary>An installation in a folder of its own, with the short ways that tests need.</summary>
internal sealed class TestInstallation : IAsyncDisposable
{
    private readonly string _folder = TestFolder.Create();
    private RegistryPolicies? _policies;

    private TestInstallation(InstallationOptions options)
    {
        Options = options;
        Directory = new DataDirectory(Path.Combine(_folder, "data"));
    }

    public InstallationOptions Options { get; set; }

    public DataDirectory Directory { get; }

    public MovableClock Clock { get; } = new();

    public Caller Caller { get; } = Callers.Owner();

    public OpenInstallation Open { get; private set; } = null!;

    public string BackupFolder => Path.Combine(_folder, "backup");

    public string InFolder(string name) => Path.Combine(_folder, name);

    public static async Task<TestInstallation> StartAsync(InstallationOptions? options = null)
    {
        var installation = new TestInstallation(options ?? new InstallationOptions { MinFreeBytes = 0 });
        installation.Open = await OpenAsync(installation.Directory, installation.Options, installation.Clock);
        return installation;
    }

    public static async Task<OpenInstallation> OpenAsync(DataDirectory directory, InstallationOptions? options = null, TimeProvider? clock = null)
    {
        directory.Create();
        var taken = DirectoryLock.TryTake(directory) ?? throw new InvalidOperationException("locked");
        try
        {
            return await OpenInstallation.OpenAsync(directory, taken, options ?? new InstallationOptions { MinFreeBytes = 0 }, clock ?? TimeProvider.System, CancellationToken.None);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Closes and opens anew.</summary>
    /// <param name="save">As an orderly stop does; otherwise as a killed process: what only memory knows is lost.</param>
    public async Task ReopenAsync(bool save = false)
    {
        if (save)
            await Open.Uploads.SaveAsync();
        await Open.DisposeAsync();
        await ReopenAfterCloseAsync();
    }

    public async Task ReopenAfterCloseAsync() => Open = await OpenAsync(Directory, Options, Clock);

    public RepositoryAccess At(string repository, Caller? caller = null, RepositoryActions actions = RepositoryActions.All) =>
        Callers.Access(caller ?? Caller, Open.Registries.First with { Policies = _policies ?? Open.Registries.First.Policies }, repository, actions);

    /// <summary>Sets what the registry asks of content.</summary>
    public async Task SetPoliciesAsync(RegistryPolicies policies)
    {
        await Open.Database.WriteAsync(db => PolicyRow.Write(db, Open.Registries.First.Id, policies));
        _policies = policies;
    }

    public RegistryAccess Whole(Caller? caller = null) =>
        RegistryAccess.Decide(caller ?? Caller, Open.Registries.First, RegistryActions.Catalog) ?? throw new InvalidOperationException("The caller may not list the catalog.");

    /// <summary>Tags as one page.</summary>
    public async Task<IReadOnlyList<string>> TagsAsync(string repository, string? last = null, int limit = 100) =>
        NamesOf(await Open.Tags.ListAsync(At(repository), last, limit));

    public async Task<IReadOnlyList<string>> CatalogAsync(string? last = null, int limit = 100) =>
        NamesOf(await Open.Repositories.ListAsync(Whole(), last, limit));

    public static IReadOnlyList<string> NamesOf(NamePage page) => JsonSerializer.Deserialize<string[]>($"[{Encoding.UTF8.GetString(page.Json.Span)}]")!;

    public static PipeReader Body(ReadOnlyMemory<byte> bytes) => PipeReader.Create(new MemoryStream(bytes.ToArray()));

    public static byte[] Content(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Digest DigestOf(ReadOnlySpan<byte> content, DigestAlgorithm algorithm = DigestAlgorithm.Sha256) => Digest.Of(algorithm, content);

    public async Task<Digest> PushAsync(string repository, byte[] content)
    {
        var digest = DigestOf(content);
        var access = At(repository);
        var upload = await Open.Uploads.StartAsync(access, DigestAlgorithm.Sha256);
        await Open.Uploads.CommitAsync(access, upload.Id, digest, first: null, Body(content), CancellationToken.None);
        return digest;
    }

    /// <summary>Null when the repository does not link it.</summary>
    public async Task<byte[]?> PullAsync(string repository, Digest digest)
    {
        if (await Open.Blobs.FindAsync(At(repository), digest) is not { } blob)
            return null;
        using var reader = Open.Blobs.Open(blob);
        var content = new byte[blob.SizeBytes];
        int read;
        for (var at = 0; (read = await reader.ReadAsync(at, content.AsMemory(at), CancellationToken.None)) > 0;)
            at += read;
        return content;
    }

    /// <summary>An OCI image manifest over blobs; the first one is the config.</summary>
    public static byte[] ManifestOf(IReadOnlyList<Digest> blobs, string more = "") => Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{Descriptor(MediaTypes.OciConfig, blobs[0])}},"layers":[{{string.Join(',', blobs.Skip(1).Select(b => Descriptor(MediaTypes.OciLayerGzip, b)))}}]{{more}}}""");

    public static string Descriptor(string mediaType, Digest digest) => $$"""{"mediaType":"{{mediaType}}","digest":"{{digest}}","size":1}""";

    /// <param name="reference">A tag or the digest; null: the digest.</param>
    public async Task<Digest> PutManifestAsync(string repository, byte[] body, string? reference = null)
    {
        reference ??= DigestOf(body).Value;
        return (await Open.Manifests.PutAsync(At(repository), ManifestReference.Parse(reference), [], body, contentType: null)).Digest;
    }

    /// <summary>Pushes a config and a layer and an image of them.</summary>
    public async Task<Digest> PushImageAsync(string repository, string? tag, int seed = 1, string more = "") =>
        await PutManifestAsync(repository, ManifestOf([await PushAsync(repository, Content(50, seed)), await PushAsync(repository, Content(70_000, seed))], more), tag);

    /// <summary>A client gets a manifest, and it is counted.</summary>
    public async Task CountPullAsync(string repository, string reference, int times = 1)
    {
        for (var i = 0; i < times; i++)
            Open.Manifests.Count(await Open.Manifests.FindForPullAsync(At(repository), ManifestReference.Parse(reference)) ?? throw new InvalidOperationException($"There is no {reference}."));
    }

    /// <summary>Changes attributes.</summary>
    /// <param name="reference">A tag or a digest; null: the repository itself.</param>
    public async Task ChangeAsync(string repository, string? reference, ItemChange change)
    {
        if (reference is null)
            await Open.RepositoryProperties.UpdateAsync(At(repository), change);
        else if (ManifestReference.Parse(reference).Digest is { } digest)
            await Open.ManifestProperties.UpdateAsync(At(repository), digest, change);
        else
            await Open.TagProperties.UpdateAsync(At(repository), TagName.Parse(reference), change);
    }

    /// <summary>The rows that operations on content change, as text.</summary>
    public async Task<string> DumpAsync()
    {
        var text = new StringBuilder();
        foreach (var table in new[] { "registry", "repository", "tag", "tag_pull", "manifest", "manifest_pull", "manifest_edge", "blob_link", "object", "discarded_object", "review", "lease", "upload", "upload_run", "deleted_manifest", "deleted_manifest_edge", "deleted_tag", "deleted_repository" })
        {
            var rows = await Open.Database.ReadAsync(async db => (await db.QueryAsync($"SELECT * FROM {table}")).ToList());
            foreach (var row in rows)
                text.AppendLine(table + " " + string.Join(' ', ((IDictionary<string, object>)row).Select(column => column.Value is byte[] b ? b.Length : column.Value)));
        }
        return text.ToString();
    }

    public Task<T> QueryAsync<T>(string sql, object? parameters = null) =>
        Open.Database.ReadAsync(async db => (await db.QueryAsync<T>(sql, parameters)).First());

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Open.Database.WriteAsync(db => db.Execute(sql, parameters));

    /// <summary>Fails unless every invariant holds: usage equal to a recount, each link with its object, each object with its content.</summary>
    public async Task AssertSoundAsync()
    {
        var report = await Open.Verification.RunAsync(deep: true, CancellationToken.None);
        Assert.Empty(report.Findings);
    }

    public int CountFiles() => Open.Vault.List().Count();

    /// <summary>Lets leases and file delays pass and cleans up until nothing is left to do.</summary>
    public async Task CleanUpAsync()
    {
        Clock.Advance(Options.CleanUp.Lease + TimeSpan.FromMinutes(1));
        await Open.CleanUp.RunAsync(CancellationToken.None);
        await CleanUpFilesAsync();
    }

    /// <summary>Removes the files of what is discarded; leases go on.</summary>
    public async Task CleanUpFilesAsync()
    {
        Clock.Advance(Options.CleanUp.FileDelay + TimeSpan.FromMinutes(1));
        await Open.CleanUp.RunAsync(CancellationToken.None);
    }

    public static async Task AssertErrorAsync(OciErrorCode error, Func<Task> action) =>
        Assert.Same(error, (await Assert.ThrowsAnyAsync<OciException>(action)).Error);

    public async ValueTask DisposeAsync()
    {
        await Open.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }
}
