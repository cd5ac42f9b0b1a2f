namespace Breakwater.Client.SignIn;

/// <summary>
/// Where a sign-in is kept. Several programs may use one at once, and a refresh token counts once: whoever renews or changes it takes a turn, and
/// begins with what is kept then.
/// </summary>
public interface ISignInKeeper
{
    /// <summary>Until the turn is disposed nobody else changes what is kept.</summary>
    Task<IDisposable> TakeTurnAsync(CancellationToken stop);

    /// <returns>Null when it is kept no longer: signed out, or another sign-in stands in its place.</returns>
    SignInState? Read();

    /// <summary>In a turn, after <see cref="Read"/> found it.</summary>
    void Write(SignInState state);
}
