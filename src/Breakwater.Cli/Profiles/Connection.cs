using Breakwater.Cli.Running;
using Breakwater.Client.Content;
using Breakwater.Client.Directory;
using Breakwater.Client.Errors;
using Breakwater.Client.Management;
using Breakwater.Client.SignIn;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Profiles;

/// <summary>A server with a sign-in: all its planes.</summary>
internal sealed class Connection : IDisposable
{
    private readonly TimeProvider clock;

    /// <param name="keeper">Null: nothing is kept.</param>
    public Connection(Profile profile, Surroundings around, ISignInKeeper? keeper)
    {
        (Profile, clock) = (profile, around.Clock);
        Server = ServerAddress.TryParse(profile.Endpoint, out var server)
            ? server
            : throw new BreakwaterException(ErrorKind.NotSignedIn, $"The profile names '{profile.Endpoint}', which is no address.", "Sign in again with 'breakwater login'.");
        Channel = new HttpChannel(OptionsOf(profile.CaFile, profile.PlainHttp), clock);
        var proof = profile.SignIn.Kind == AccountKind.ServicePrincipal ? new ProfileProof(profile, around) : null;
        Session = new Session(new IssuerClient(Channel, Server, clock), profile.SignIn, proof, keeper, clock);
        Management = new ManagementClient(Channel, Server, Session, profile.Tenant, clock);
        Directory = new DirectoryClient(Channel, Server, Session);
    }

    public Profile Profile { get; }

    public ServerAddress Server { get; }

    public HttpChannel Channel { get; }

    public Session Session { get; }

    public ManagementClient Management { get; }

    public DirectoryClient Directory { get; }

    public ContentClient ContentOf(ServerAddress registry) => new(Channel, registry, Session, clock);

    public static ConnectionOptions OptionsOf(string? caFile, bool plainHttp) => new() { CaFile = caFile, PlainHttp = plainHttp, Product = "breakwater-cli/" + typeof(Connection).Assembly.GetName().Version!.ToString(3) };

    public void Dispose() => Channel.Dispose();
}
