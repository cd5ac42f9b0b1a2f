using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Breakwater.Server.Issuer;

/// <summary>The frame of the issuer's few pages. The browser is told to run nothing, load nothing, frame nothing and remember nothing.</summary>
internal static class HtmlPage
{
    private const string Style =
        """
        :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
        body{margin:0;display:grid;min-height:100vh;place-items:center;background:light-dark(#eef2f5,#11181d)}
        main{box-sizing:border-box;width:min(26rem,100%);padding:2rem;background:light-dark(#fff,#1b252c);border-radius:.5rem}
        h1{margin:0 0 .5rem;font-size:1.4rem}
        label{display:block;margin-top:1rem;font-weight:600}
        input{box-sizing:border-box;width:100%;padding:.55rem;font:inherit;border:1px solid #71818c;border-radius:.25rem}
        button{width:100%;margin-top:1.25rem;padding:.6rem;font:inherit;font-weight:600;color:#fff;background:#0b5c8a;border:2px solid #0b5c8a;border-radius:.25rem;cursor:pointer}
        button.second{margin-top:.6rem;color:light-dark(#0b5c8a,#8fd0f5);background:transparent}
        :focus-visible{outline:3px solid #e09f1f;outline-offset:2px}
        .problem{padding:.6rem;color:#8c1d18;background:#fdecea;border-radius:.25rem}
        """;

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <param name="body">HTML, with everything that came from outside encoded.</param>
    /// <param name="formLeadsTo">Another origin that the page's form ends at by redirection; null: none.</param>
    public static Task WriteAsync(HttpContext context, string title, string body, string? formLeadsTo = null)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action 'self'{(formLeadsTo is null ? "" : " " + formLeadsTo)}; frame-ancestors 'none'; base-uri 'none'";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        var html = Encoding.UTF8.GetBytes(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{HtmlEncoder.Default.Encode(title)} - Breakwater</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            {body}</main>
            </body>
            </html>
            """);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = html.Length;
        return context.Response.Body.WriteAsync(html).AsTask();
    }
}
