using System.Net;
using System.Runtime.CompilerServices;
using Breakwater.Core.Access;
using Breakwater.Core.Identity;
using Breakwater.Core.Registries;
using Breakwater.Core.Tokens;
using Breakwater.Server.Audit;
using Breakwater.Server.Issuer;

namespace Breakwater.Server.Access;

/// <summary>Reads the one <c>Authorization</c> header. Credentials that were right a moment ago cost a microsecond or two and no waiting.</summary>
internal sealed class RequestAuthenticator(PasswordSignIn signIn, RegistryTokens tokens, DirectoryTokens directoryTokens)
{
    /// <summary>The user name that ACR's clients give with a refresh token as the password.</summary>
    public const string RefreshTokenUser = "00000000-0000-0000-0000-000000000000";

    private const string Basic = "Basic ", Bearer = "Bearer ";

    // Enough for any usual name and password.
    private const int StackLength = 512;

    /// <param name="audience">What a token of the built-in issuer must be for; null: registry tokens count instead.</param>
    public ValueTask<Authentication> AuthenticateAsync(HttpContext context, Registry registry, DirectoryAudience? audience)
    {
        var header = HeaderOf(context, out var absent);
        if (header is not null && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return audience is { } wanted
                ? AuthenticateDirectoryTokenAsync(context, header[Bearer.Length..].Trim(), wanted)
                : AuthenticateTokenAsync(context, header, registry, context.Request.Host.Value ?? "");
        }
        return header is not null || absent ? AuthenticatePasswordAsync(context, registry) : new(new Authentication(AuthenticationStatus.Malformed));
    }

    /// <summary>Basic only: an access token is no way to get another one.</summary>
    public ValueTask<Authentication> AuthenticatePasswordAsync(HttpContext context, Registry registry)
    {
        var header = HeaderOf(context, out var absent);
        if (absent)
            return new(new Authentication(AuthenticationStatus.Anonymous));
        if (header is null || !header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return new(new Authentication(AuthenticationStatus.Malformed));
        if (!TryReadBasic(header.AsSpan(Basic.Length).Trim(), registry, out var recent, out var credentials))
            return new(new Authentication(AuthenticationStatus.Malformed));
        return recent is not null
            ? new(new Authentication(AuthenticationStatus.SignedIn, recent))
            : SignInAsync(context, registry, credentials!);
    }

    public async ValueTask<Authentication> SignInAsync(HttpContext context, Registry registry, BasicCredentials credentials)
    {
        if (credentials.Name == RefreshTokenUser)
            return Note(
                context, await tokens.ValidateRefreshAsync(credentials.Password.Reveal(), registry, context.Request.Host.Value ?? ""), credentials.Password.Reveal());
        var source = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var result = await signIn.SignInAsync(registry, credentials.Name, credentials.Password, source, context.RequestAborted);
        return AuditTrail.Of(context).NoteSignIn(Authentication.Of(result), credentials.Name);
    }

    private static string? HeaderOf(HttpContext context, out bool absent)
    {
        var values = context.Request.Headers.Authorization;
        absent = values.Count == 0;
        return values.Count == 1 ? values[0] : null;
    }

    /// <summary>Either the caller, if these credentials were right lately, or the credentials; false when they are malformed.</summary>
    [SkipLocalsInit]
    private bool TryReadBasic(ReadOnlySpan<char> encoded, Registry registry, out Caller? recent, out BasicCredentials? credentials)
    {
        (recent, credentials) = (null, null);
        var length = encoded.Length / 4 * 3;
        if (length > BasicCredentials.MaxLength)
            return false;
        var buffer = length <= StackLength ? stackalloc byte[StackLength] : new byte[length];
        if (!Convert.TryFromBase64Chars(encoded, buffer, out var written))
            return false;
        recent = signIn.FindRecent(buffer[..written], registry);
        credentials = recent is null ? BasicCredentials.Parse(buffer[..written]) : null;
        return recent is not null || credentials is not null;
    }

    private ValueTask<Authentication> AuthenticateTokenAsync(HttpContext context, string header, Registry registry, string audience)
    {
        var token = header.AsSpan(Bearer.Length).Trim();
        return tokens.FindVerified(token, registry, audience) is { } caller
            ? new(new Authentication(AuthenticationStatus.SignedIn, caller))
            : ValidateAsync(context, token.ToString(), registry, audience);
    }

    private async ValueTask<Authentication> ValidateAsync(HttpContext context, string token, Registry registry, string audience) =>
        Note(context, await tokens.ValidateAsync(token, registry, audience), token);

    private async ValueTask<Authentication> AuthenticateDirectoryTokenAsync(HttpContext context, string token, DirectoryAudience audience) =>
        Note(context, await directoryTokens.ValidateAsync(token, HttpOrigin.Of(context.Request)) is { } valid && valid.Audience == audience ? valid.Caller : null, token);

    /// <summary>Writes down that a token was looked at, and tells what came of it.</summary>
    private static Authentication Note(HttpContext context, Caller? holder, string token) => AuditTrail.Of(context).NoteSignIn(
        holder is null ? new Authentication(AuthenticationStatus.InvalidToken) : new Authentication(AuthenticationStatus.SignedIn, holder), name: null, token);
}
