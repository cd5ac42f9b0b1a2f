using System.Collections.Concurrent;
using Breakwater.Core.Keys;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Breakwater.Keys.Pkcs11;

/// <summary>One token with a pool of sessions. PKCS#11 calls block, so they run on threads of the pool, at most as many as there are sessions.</summary>
#pragma warning disable CA1001 // Semaphores whose wait handles nobody asks for hold nothing to dispose.
internal sealed class Pkcs11Token(KeyStoreEntry entry, Pkcs11Options options)
#pragma warning restore CA1001
{
    private readonly ConcurrentBag<ISession> _idle = [];
    private readonly SemaphoreSlim _sessions = new(options.Sessions, options.Sessions);
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly SemaphoreSlim _reconnecting = new(1, 1);
    private IPkcs11Library? _library;
    private ISlot? _slot;
    private int _connection;

    public Pkcs11InteropFactories Factories { get; } = Pkcs11Native.CreateFactories();

    /// <summary>Runs calls on a session; once more on a new connection when the one that there was is lost.</summary>
    /// <exception cref="KeyUnavailableException">What the token said, or that it is away.</exception>
    public async Task<T> RunAsync<T>(Func<ISession, T> calls, CancellationToken cancellationToken)
    {
        var (first, seen) = await TryAsync(calls, cancellationToken);
        if (first.Lost is not { } lost)
            return first.Value!;
        if (!await ReconnectAsync(seen, cancellationToken))
            throw Pkcs11Failures.Explain(entry.Name, lost);
        var (second, _) = await TryAsync(calls, cancellationToken);
        return second.Lost is { } again ? throw Pkcs11Failures.Explain(entry.Name, again) : second.Value!;
    }

    /// <summary>Asked before a key is called absent: a token that has lost its store finds no keys either.</summary>
    /// <exception cref="Pkcs11Exception">The token is not there.</exception>
    public void DemandThere()
    {
        if (Slot().GetTokenInfo().Label.TrimEnd() != options.Token)
            throw KeyUnavailableException.Unreachable($"The key store '{entry.Name}' has another token than '{options.Token}' now.");
    }

    private async Task<((T? Value, Pkcs11Exception? Lost) Outcome, int Connection)> TryAsync<T>(Func<ISession, T> calls, CancellationToken cancellationToken)
    {
        await _sessions.WaitAsync(cancellationToken);
        var connection = Volatile.Read(ref _connection);
        try
        {
            return (await Task.Run(() => Try(calls), CancellationToken.None), connection);
        }
        finally
        {
            _sessions.Release();
        }
    }

    private (T?, Pkcs11Exception?) Try<T>(Func<ISession, T> calls)
    {
        ISession? session = null;
        try
        {
            session = _idle.TryTake(out var idle) ? idle : Open();
            var value = calls(session);
            _idle.Add(session);
            return (value, null);
        }
        catch (Pkcs11Exception e) when (Pkcs11Failures.IsLostConnection(e.RV))
        {
            CloseQuietly(session);
            return (default, e);
        }
        catch (Pkcs11Exception e)
        {
            if (session is not null)
                _idle.Add(session);
            throw Pkcs11Failures.Explain(entry.Name, e);
        }
        catch (KeyUnavailableException) when (session is not null)
        {
            _idle.Add(session);
            throw;
        }
    }

    private ISession Open()
    {
        var session = Slot().OpenSession(SessionType.ReadOnly);
        try
        {
            session.Login(CKU.CKU_USER, entry.ReadSecret(options.PinFile).Reveal());
        }
        catch (Pkcs11Exception e) when (e.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // All sessions of a process share the login.
        }
        catch
        {
            CloseQuietly(session);
            throw;
        }
        return session;
    }

    private ISlot Slot()
    {
        _connecting.Wait();
        try
        {
            _library ??= Load();
            return _slot ??= _library.GetSlotList(SlotsType.WithTokenPresent).Find(slot => slot.GetTokenInfo().Label.TrimEnd() == options.Token)
                ?? throw KeyUnavailableException.Unreachable($"The key store '{entry.Name}' has no token '{options.Token}' now.");
        }
        finally
        {
            _connecting.Release();
        }
    }

    private IPkcs11Library Load()
    {
        try
        {
            return Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, options.Library, AppType.MultiThreaded);
        }
        catch (Exception e) when (e is LibraryArchitectureException or UnmanagedException or IOException)
        {
            throw KeyUnavailableException.Unreachable($"The library of the key store '{entry.Name}' cannot be loaded from {options.Library}: {e.Message}", e);
        }
    }

    // Nobody may be in a call while the library is started anew: all sessions are taken first.
    private async Task<bool> ReconnectAsync(int seen, CancellationToken cancellationToken)
    {
        // Two that take sessions one by one would wait for each other.
        await _reconnecting.WaitAsync(cancellationToken);
        var taken = 0;
        try
        {
            for (; taken < options.Sessions; taken++)
                await _sessions.WaitAsync(cancellationToken);
            if (Volatile.Read(ref _connection) == seen)
                await Task.Run(Disconnect, CancellationToken.None);
            return true;
        }
        catch (Pkcs11Exception)
        {
            return false;
        }
        finally
        {
            if (taken > 0)
                _sessions.Release(taken);
            _reconnecting.Release();
        }
    }

    private void Disconnect()
    {
        while (_idle.TryTake(out var session))
            CloseQuietly(session);
        _slot = null;
        Interlocked.Increment(ref _connection);
        var library = Interlocked.Exchange(ref _library, null);
        library?.Dispose();
    }

    private static void CloseQuietly(ISession? session)
    {
        try
        {
            session?.Dispose();
        }
        catch (Pkcs11Exception)
        {
            // It is lost anyway.
        }
    }
}
