using System.Security.Claims;
using Breakwater.Core.Identity;
using Breakwater.Core.Tokens;
using Breakwater.Oci;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using OAuthErrors = OpenIddict.Abstractions.OpenIddictConstants.Errors;

namespace Breakwater.Server.Issuer;

/// <summary>The device's half of RFC 8628: it begins a sign-in, and asks again and again whether a person has finished it.</summary>
internal sealed class DeviceGrant(DeviceSignIns devices, PrincipalDirectory directory, DirectoryTokens tokens, TimeProvider clock)
    : IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
        IOpenIddictServerHandler<GenerateTokenContext>,
        IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>,
        IOpenIddictServerHandler<ValidateTokenContext>
{
    private const string UserCodeKey = "Breakwater.UserCode";

    // The codes are ours: instead of the built-in handlers that would make and read tokens.
    public static readonly int GeneratingOrder = OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1;
    public static readonly int ValidatingOrder = OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order - 1;

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        if (PublicClient.Find(context.ClientId) is null)
            context.Reject(OAuthErrors.UnauthorizedClient, PublicClient.Unknown);
        else if (RequestedScopes.Parse(context.Request.GetScopes(), HttpOrigin.Of(context.Transaction.GetHttpRequest()!), out var problem) is null)
            context.Reject(OAuthErrors.InvalidScope, problem);
        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType == TokenTypeIdentifiers.Private.DeviceCode)
            await BeginAsync(context);
        else if (context.TokenType == TokenTypeIdentifiers.Private.UserCode)
            context.Token = (string)context.Transaction.Properties[UserCodeKey]!;
    }

    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context)
    {
        if (context.Response.UserCode is { } code)
        {
            var page = $"{HttpOrigin.Of(context.Transaction.GetHttpRequest()!)}/{IssuerPaths.DeviceLogin}";
            var shown = $"{code[..4]}-{code[4..]}";
            context.Response.UserCode = shown;
            context.Response[Parameters.VerificationUri] = page;
            context.Response[Parameters.VerificationUriComplete] = $"{page}?{Parameters.UserCode}={shown}";
            context.Response["interval"] = (long)DeviceSignIns.Interval.TotalSeconds;
            context.Response["message"] = $"To sign in, use a web browser to open the page {page} and enter the code {shown} to authenticate.";
        }
        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (!context.ValidTokenTypes.Contains(TokenTypeIdentifiers.Private.DeviceCode))
            return;
        var found = await devices.PollAsync(context.Token, context.Request?.ClientId ?? "");
        if (found is null)
            context.Reject(OAuthErrors.ExpiredToken, "There is no such sign-in, or its time is over. Begin anew.");
        else if (found.Denied)
            context.Reject(OAuthErrors.AccessDenied, "The sign-in was refused.");
        else if (found.PrincipalId is { } id)
            Accept(context, found, id);
        else
            context.Reject(found.TooSoon ? OAuthErrors.SlowDown : OAuthErrors.AuthorizationPending, "Nobody has entered the code yet.");
    }

    private async Task BeginAsync(GenerateTokenContext context)
    {
        try
        {
            var codes = await devices.BeginAsync(context.ClientId!, string.Join(" ", context.Request!.GetScopes()));
            context.Transaction.Properties[UserCodeKey] = codes.UserCode;
            context.Token = codes.DeviceCode.Reveal();
        }
        catch (OciException e) when (e.Error == OciErrors.TooManyRequests)
        {
            context.Reject(OAuthErrors.TemporarilyUnavailable, "Too many sign-ins are pending. Try again in some minutes.");
        }
    }

    private void Accept(ValidateTokenContext context, DeviceSignIn found, Guid principalId)
    {
        var asked = found.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (directory.Find(principalId) is not { } entry || RequestedScopes.Parse([.. asked], HttpOrigin.Of(context.Transaction.GetHttpRequest()!), out _) is not { } scopes)
        {
            context.Reject(OAuthErrors.InvalidGrant, "The sign-in has ended. Sign in again.");
            return;
        }
        ClaimsPrincipal principal = IssuedIdentity.Of(entry.Principal, found.ClientId, scopes, tokens.TenantId, clock.GetUtcNow());
        principal.SetTokenType(TokenTypeIdentifiers.Private.DeviceCode);
        context.Principal = principal;
    }
}
