namespace Breakwater.Server.Hosting;

/// <summary>
/// Holds requests that arrive between the binding of the listeners and the end of the start: before it the owner may not exist, and an
/// early client must not be told that its password is wrong.
/// </summary>
internal sealed class StartGate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    /// <summary>The middleware. Once open it costs a look at a flag.</summary>
    public RequestDelegate Before(RequestDelegate next) => context => _open.Task.IsCompleted ? next(context) : WaitAsync(context, next);

    private async Task WaitAsync(HttpContext context, RequestDelegate next)
    {
        await _open.Task.WaitAsync(context.RequestAborted);
        await next(context);
    }
}
