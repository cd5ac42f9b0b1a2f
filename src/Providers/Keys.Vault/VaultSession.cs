using System.Text.Json;
using Breakwater.Core.Keys;

namespace Breakwater.Keys.Vault;

/// <summary>The token that requests carry: from a file, or by AppRole and then renewed before it ends.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to dispose.
internal sealed class VaultSession(KeyStoreEntry entry, VaultOptions options, VaultClient client)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _token;
    private long _since;
    private TimeSpan _lifetime;
    private bool _isRenewable;

    /// <summary>Sends with a token, and once more with a new one when it is refused: a token that has ended looks like a right that was taken away.</summary>
    public async Task<VaultAnswer> SendAsync(string path, object? body, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(cancellationToken);
        var answer = await client.SendAsync(path, token, body, cancellationToken);
        if (answer.Status != 403 || await RenewedAsync(token, cancellationToken) is not { } another)
            return answer;
        return await client.SendAsync(path, another, body, cancellationToken);
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        if (_token is { } token && !IsEnding)
            return token;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_token is null)
                await SignInAsync(cancellationToken);
            else if (IsEnding && !await TryRenewAsync(cancellationToken))
                await SignInAsync(cancellationToken);
            return _token!;
        }
        finally
        {
            _turn.Release();
        }
    }

    // A third before its end there is time to try again.
    private bool IsEnding => _lifetime > TimeSpan.Zero && entry.Clock.GetElapsedTime(_since) > _lifetime * 2 / 3;

    /// <returns>Null when there is no other token.</returns>
    private async Task<string?> RenewedAsync(string refused, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_token == refused)
                await SignInAsync(cancellationToken);
            return _token == refused ? null : _token;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        if (!_isRenewable)
            return false;
        var answer = await client.SendAsync("auth/token/renew-self", _token, new { }, cancellationToken);
        if (!answer.IsOk)
            return false;
        Take(answer);
        return true;
    }

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        if (options.TokenFile is { } file)
        {
            _token = entry.ReadSecret(file).Reveal();
            return;
        }
        var answer = await client.SendAsync(
            $"auth/{options.AppRoleMount}/login", token: null, new { role_id = options.RoleId, secret_id = entry.ReadSecret(options.SecretIdFile!).Reveal() }, cancellationToken);
        // Vault answers 400 to a secret id that it does not know, or not any more.
        if (answer.Status is 400 or 403 or 404)
            throw KeyUnavailableException.Refused($"The key store '{entry.Name}' does not let AppRole sign in ({answer.Status}).", answer.Cause);
        if (!answer.IsOk)
            throw KeyUnavailableException.Unreachable($"The key store '{entry.Name}' answers {answer.Status} to the sign-in.");
        Take(answer);
    }

    private void Take(VaultAnswer answer)
    {
        try
        {
            _token = answer.Auth("client_token").GetString();
            _lifetime = TimeSpan.FromSeconds(answer.Auth("lease_duration").GetInt64());
            _isRenewable = answer.Auth("renewable").GetBoolean();
            _since = entry.Clock.GetTimestamp();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw KeyUnavailableException.Unreachable($"The key store '{entry.Name}' gives an answer to the sign-in that cannot be read.", e);
        }
    }
}
