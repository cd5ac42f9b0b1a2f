using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Tokens;

/// <summary>
/// The forms of <c>POST /oauth2/token</c> and <c>POST /oauth2/exchange</c>. https://distribution.github.io/distribution/spec/auth/oauth/ and
/// https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
/// </summary>
/// <param name="Grant">Null when there is none, or several.</param>
internal sealed record TokenForm(string? Grant, IFormCollection Fields)
{
    /// <summary>64 KiB: a few scopes, a password, a token of another issuer.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly FormOptions Options = new() { BufferBody = false, KeyLengthLimit = 256, ValueLengthLimit = MaxLength, ValueCountLimit = 256 };

    public StringValues Service => Fields["service"];

    public StringValues Scopes => Fields["scope"];

    /// <summary>Null when neither a name nor a password is given. One without the other is no anonymous client but a mistake: it gets the answer of a wrong password.</summary>
    public BasicCredentials? Credentials => Text("username") is var name && Text("password") is var password && name.Length == 0 && password.Length == 0
        ? null
        : new BasicCredentials(name, new Secret(password));

    /// <summary>Empty when it is absent.</summary>
    public string Text(string field) => (string?)Fields[field] ?? "";

    /// <exception cref="OciException"><c>BadRequest</c> for anything but a form; <c>PayloadTooLarge</c>.</exception>
    public static async Task<TokenForm> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxLength;
        var form = await ReadFormAsync(context);
        return new TokenForm(form["grant_type"] is [{ } grant] ? grant : null, form);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            throw new OciException(OciErrors.BadRequest, "The body is no form. Send application/x-www-form-urlencoded.");
        try
        {
            return await new FormFeature(context.Request, Options).ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            throw new OciException(OciErrors.BadRequest, "The form is malformed or too large.", inner: e);
        }
    }
}
