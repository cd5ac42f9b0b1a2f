namespace Breakwater.Server.Hosting;

/// <summary>How many connections clients may hold at once, over all public listeners together.</summary>
/// <remarks>
/// A process that has no descriptor left cannot accept, open a file or commit. So connections stop well before: half of what remains after
/// a fixed reserve, since each may have a file open at the same time.
/// </remarks>
internal sealed class ConnectionBudget(int most)
{
    /// <summary>
    /// Descriptors for all but clients: database, background files, the other listeners, and the runtime, which holds two for each of some
    /// 150 assemblies.
    /// </summary>
    private const int Reserve = 400;

    private const int Fewest = 16;

    /// <summary>More are of no use to one process, and each costs some 20 KiB, and a block of 16 KiB more while a request trickles in.</summary>
    private const int MostByDefault = 20_000;

    private int _open;
    private long _shed;

    public int Most { get; } = most;

    public int Open => Volatile.Read(ref _open);

    /// <summary>Connections turned away since the start.</summary>
    public long Shed => Interlocked.Read(ref _shed);

    /// <summary>With fewer descriptors the server would not live.</summary>
    public const int LeastDescriptors = Reserve + (2 * Fewest);

    /// <summary>The most connections that fit under a descriptor limit.</summary>
    public static int Largest(int descriptorLimit) => Math.Max(Fewest, (descriptorLimit - Reserve) / 2);

    /// <param name="configured">What the operator wants; null for automatic.</param>
    /// <param name="descriptorLimit">The limit of this process.</param>
    public static ConnectionBudget For(int? configured, int descriptorLimit) =>
        new(configured ?? Math.Min(MostByDefault, Largest(descriptorLimit)));

    /// <returns>False: the connection must be closed; <see cref="Leave"/> must not be called.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= Most)
            return true;
        Interlocked.Decrement(ref _open);
        Interlocked.Increment(ref _shed);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);
}
