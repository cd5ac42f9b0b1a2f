namespace Breakwater.Core.Keys;

/// <summary>Keeps requests from waiting, one after the other, for a key store that does not answer: after some failures in a row it is not asked for a while.</summary>
/// <remarks>A refusal is an answer. While it is not asked, every call fails as unreachable.</remarks>
internal sealed class KeyBreaker(IKeyProvider provider, TimeProvider clock) : IKeyProvider
{
    internal const int Failures = 3;

    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private int _failures;
    private long _failedAt;

    public string Name => provider.Name;

    public KeyReference? TryParse(string identifier) => provider.TryParse(identifier);

    public Task<KeyVersionInfo> DescribeAsync(KeyReference key, CancellationToken cancellationToken) => AskAsync(() => provider.DescribeAsync(key, cancellationToken));

    public Task<WrappedKey> WrapAsync(KeyVersionInfo version, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) =>
        AskAsync(() => provider.WrapAsync(version, key, context, cancellationToken));

    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellationToken) => AskAsync(() => provider.UnwrapAsync(wrapped, context, cancellationToken));

    private async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        if (Volatile.Read(ref _failures) >= Failures && clock.GetElapsedTime(Volatile.Read(ref _failedAt)) < Pause)
            throw KeyUnavailableException.Unreachable($"The key store '{Name}' does not answer; it is asked again in a few seconds.");
        try
        {
            var answer = await call();
            Volatile.Write(ref _failures, 0);
            return answer;
        }
        catch (Exception e) when (e is not KeyUnavailableException and not OperationCanceledException)
        {
            // A library's or a store's surprise says nothing about the key, and must not end who keeps watch.
            Fail();
            throw KeyUnavailableException.Unreachable($"The key store '{Name}' gives an answer that cannot be used.", e);
        }
        catch (KeyUnavailableException e)
        {
            if (e.Failure == KeyFailure.Unreachable)
                Fail();
            else
                Volatile.Write(ref _failures, 0);
            throw;
        }
    }

    private void Fail()
    {
        Volatile.Write(ref _failedAt, clock.GetTimestamp());
        Interlocked.Increment(ref _failures);
    }
}
