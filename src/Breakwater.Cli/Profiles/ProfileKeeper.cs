using Breakwater.Client.SignIn;

namespace Breakwater.Cli.Profiles;

/// <summary>Keeps the sign-in of a profile, and leaves alone what another login has made of it meanwhile.</summary>
internal sealed class ProfileKeeper(ProfileStore store, string name, Profile opened) : ISignInKeeper
{
    public Task<IDisposable> TakeTurnAsync(CancellationToken stop) => store.TakeTurnAsync(name, stop);

    public SignInState? Read() => Find()?.SignIn;

    public void Write(SignInState state)
    {
        if (Find() is { } now)
            store.Write(name, now with { SignIn = state });
    }

    private Profile? Find() => store.Find(name) is { } now && Whose(now) == Whose(opened) ? now : null;

    private static (string, string, AccountKind, string) Whose(Profile profile) => (profile.Endpoint, profile.Tenant, profile.SignIn.Kind, profile.SignIn.Account);
}
