using Breakwater.Client.Errors;

namespace Breakwater.Cli.Profiles;

/// <summary>
/// The turn to change a profile: a locked file beside it, <c>.NAME.lock</c>. The system lets go of it when its process ends. The file stays: taking
/// it away could give two programs a turn.
/// </summary>
internal static class ProfileTurn
{
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.
    private const int LinuxBusy = 11, MacBusy = 35, WindowsBusy = unchecked((int)0x80070020);

    // A turn lasts as long as one request to the issuer.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="open">Opens the file for nobody else.</param>
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Busy"/>: others have had it for too long.</exception>
    public static async Task<IDisposable> TakeAsync(string path, Func<FileStream> open, TimeProvider clock, CancellationToken stop)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                return open();
            }
            catch (IOException e) when (e.HResult is LinuxBusy or MacBusy or WindowsBusy)
            {
                if (clock.GetElapsedTime(began) > Patience)
                    throw new BreakwaterException(ErrorKind.Busy, $"Another run holds the sign-in: {path} is locked.", "Wait for it, or end it, and try again.", e);
            }
            await Task.Delay(Pause, clock, stop);
        }
    }
}
