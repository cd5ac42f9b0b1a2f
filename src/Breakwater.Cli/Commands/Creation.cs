using Breakwater.Client.Errors;

namespace Breakwater.Cli.Commands;

/// <summary>ARM makes and changes by the same request. Who creates does not want to change what is there.</summary>
internal static class Creation
{
    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Conflict"/> where there is one.</exception>
    public static async Task RequireNewAsync<T>(string what, Func<Task<T>> get)
    {
        try
        {
            await get();
        }
        catch (BreakwaterException e) when (e.Kind is ErrorKind.NotFound or ErrorKind.Refused)
        {
            // Refused: whoever may create need not be allowed to look, and the server answers so for what is not there too.
            return;
        }
        throw new BreakwaterException(ErrorKind.Conflict, $"There is {what} already. Nothing was changed.", "Choose another name, or change it with 'update'.");
    }
}
