namespace Breakwater.Cli.Tests.Suite;

/// <summary>A test with the owner of the server signed in.</summary>
public abstract class CliTest(CliServer server) : IAsyncLifetime
{
    public const string Password = "harbour-pebble-42-lantern";

    protected CliServer Server => server;

    internal CliUser Owner { get; } = new(server);

    public virtual async ValueTask InitializeAsync() => await Owner.SignInAsync();

    public ValueTask DisposeAsync()
    {
        Owner.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>A new user, signed in, with a role on the registry where one is named.</summary>
    internal async Task<CliUser> CreateUserAsync(string name, string? role = null)
    {
        (await Owner.TypeAsync(Password, "user", "create", name, "--password-stdin")).Expect(0);
        if (role is not null)
            await Owner.DoAsync($"role assignment create --assignee {name} -r local --role", role);
        var user = new CliUser(server);
        await user.SignInAsync(name, Password);
        return user;
    }
}
