using Breakwater.Core.Identity;
using Breakwater.Oci;
using Breakwater.Server.Access;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Breakwater.Server.Tokens;

/// <summary>The form of <c>POST /oauth2/token</c>. https://distribution.github.io/distribution/spec/auth/oauth/</summary>
/// <param name="Credentials">Null when neither a name nor a password is given.</param>
internal sealed record TokenForm(BasicCredentials? Credentials, StringValues Service, StringValues Scopes)
{
    /// <summary>64 KiB: a few scopes and a password.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly FormOptions Options = new() { BufferBody = false, KeyLengthLimit = 256, ValueLengthLimit = MaxLength, ValueCountLimit = 256 };

    /// <exception cref="OciException"><c>BadRequest</c> for anything but a form with a grant type that is supported; <c>PayloadTooLarge</c>.</exception>
    public static async Task<TokenForm> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxLength;
        var form = await ReadFormAsync(context);
        if (form["grant_type"] is not ["password"])
            throw new OciException(OciErrors.BadRequest, "The grant type is not supported. Supported: password (with username and password). Or use GET with Basic credentials.");
        var (name, password) = ((string?)form["username"] ?? "", (string?)form["password"] ?? "");
        // One without the other is no anonymous client but a mistake: it gets the answer of a wrong password.
        var credentials = name.Length == 0 && password.Length == 0 ? null : new BasicCredentials(name, new Secret(password));
        return new TokenForm(credentials, form["service"], form["scope"]);
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
