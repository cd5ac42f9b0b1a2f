namespace Breakwater.Core.Keys;

/// <summary>
/// Keeps requests from waiting for a key store that does not answer: a question ends after a while, and after some failures in a row none is asked for
/// some seconds.
/// </summary>
/// <remarks>A refusal is an answer. While it is not asked, every call fails as unreachable.</remarks>
internal sealed class KeyBreaker(IKeyProvider provider, TimeProvider clock) : IKeyProvider
{
    internal const int Failures = 3;

    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private int _failures;
    private long _failedAt;

    public string Name => provider.Name;

    /// <summary>How long a question may take. Default 20 s: longer than a provider's own limits, but libraries of HSMs have none.</summary>
    internal TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(20);

    public KeyReference? TryParse(string identifier) => provider.TryParse(identifier);

    public Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken) => AskAsync(stop => provider.DescribeAsync(key, stop), cancellationToken);

    public Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) =>
        AskAsync(stop => provider.WrapAsync(version, key, context, stop), cancellationToken);

    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) =>
        AskAsync(stop => provider.UnwrapAsync(wrapped, context, stop), cancellationToken);

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _failures) >= Failures && clock.GetElapsedTime(Volatile.Read(ref _failedAt)) < Pause)
            throw KeyUnavailableException.Unreachable($"The key store '{Name}' does not answer; it is asked again in a few seconds.");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(Limit);
        try
        {
            // A call into a library cannot be stopped; nobody waits for it any longer.
            var answer = await call(time.Token).WaitAsync(time.Token);
            Volatile.Write(ref _failures, 0);
            return answer;
        }
        catch (KeyUnavailableException e) when (e.Failure != KeyFailure.Unreachable)
        {
            Volatile.Write(ref _failures, 0);
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // Also a library's or a store's surprise: it says nothing about the key, and must not end who keeps watch.
            Volatile.Write(ref _failedAt, clock.GetTimestamp());
            Interlocked.Increment(ref _failures);
            throw e as KeyUnavailableException ?? KeyUnavailableException.Unreachable($"The key store '{Name}' gives no answer that can be used.", e);
        }
    }
}
