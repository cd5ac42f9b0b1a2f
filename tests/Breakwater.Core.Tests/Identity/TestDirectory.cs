using System.Net;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Keys;
using Breakwater.Core.Metadata;

namespace Breakwater.Core.Tests.Identity;

/// <summary>A directory on a real database in a folder of its own, with cheap hashing.</summary>
internal sealed class TestDirectory : IAsyncDisposable
{
    public static readonly Secret Password = new("correct horse battery");
    public static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly string _folder;

    private TestDirectory(string folder, int iterations, int concurrency, int waiting)
    {
        _folder = folder;
        Database = SqliteDatabase.Open(Path.Combine(folder, "metadata.db"));
        Hasher = new PasswordHasher(iterations);
        Principals = new PrincipalDirectory(Database);
        Users = new UserAccounts(Database, Principals, Hasher, Clock);
        Services = new ServicePrincipals(Database, Principals, Clock);
        Groups = new DirectoryGroups(Database, Principals, Clock);
        Roles = new RoleAssignments(Database, Principals, Clock);
        Throttle = new LoginThrottle(new LoginLimits(), Clock);
        Queue = new HashingQueue(concurrency, waiting);
        SignIn = new PasswordSignIn(Principals, Users, Services, Hasher, Queue, Throttle, Clock);
    }

    public ManualClock Clock { get; } = new();

    public SqliteDatabase Database { get; }

    public PasswordHasher Hasher { get; }

    public PrincipalDirectory Principals { get; }

    public UserAccounts Users { get; }

    public ServicePrincipals Services { get; }

    public DirectoryGroups Groups { get; }

    public RoleAssignments Roles { get; }

    public LoginThrottle Throttle { get; }

    public HashingQueue Queue { get; }

    public PasswordSignIn SignIn { get; }

    /// <summary>What the owner may do as long as it is one.</summary>
    public ManagementAccess Managing => ManagementAccess.Decide(Principals.Find("owner")!.AsCaller, null, ManagementActions.RoleAssignmentsWrite)!;

    public static async Task<TestDirectory> CreateAsync(int iterations = 10, int concurrency = 2, int waiting = 16)
    {
        var directory = new TestDirectory(Directory.CreateTempSubdirectory("breakwater-").FullName, iterations, concurrency, waiting);
        await directory.Users.CreateOwnerAsync("owner", Password);
        return directory;
    }

    public Task<SignInResult> TryAsync(string name, string password, IPAddress? from = null) =>
        SignIn.SignInAsync(registry: null, name, new Secret(password), from ?? Here, TestContext.Current.CancellationToken);

    public async Task<SecretBox> CreateBoxAsync()
    {
        var file = Path.Combine(_folder, "service.key");
        KeyFileProvider.Create(file);
        var installation = Guid.NewGuid();
        var keys = new KeyRing(Database, KeyFileProvider.Open(file), Clock);
        await keys.CreateAsync(installation, CancellationToken.None);
        return new SecretBox(keys, installation);
    }

    public async ValueTask DisposeAsync()
    {
        Queue.Dispose();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
