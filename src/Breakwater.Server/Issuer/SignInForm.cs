using System.Text;
using System.Text.Encodings.Web;
using Breakwater.Core.Identity;

namespace Breakwater.Server.Issuer;

/// <summary>A plain page with a form: no script, no image, nothing from elsewhere, usable by keyboard, screen reader and text browser.</summary>
internal sealed record SignInForm
{
    /// <summary>The program that asks.</summary>
    public required string Client { get; init; }

    /// <summary>The user name to begin with; null: empty.</summary>
    public string? Name { get; init; }

    /// <summary>Null on the first showing.</summary>
    public string? Problem { get; init; }

    public IReadOnlyList<(string Name, string Value)> Hidden { get; init; } = [];

    /// <summary>Where the browser goes after the form; null: it stays here.</summary>
    public string? RedirectsTo { get; init; }

    /// <summary>What to do on a device's sign-in before giving the password; null elsewhere.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether the form offers to refuse.</summary>
    public bool CanDeny { get; init; }

    public static string ProblemOf(SignInOutcome outcome) => outcome == SignInOutcome.TooMany ? IssuerSignIn.TooMany : IssuerSignIn.Wrong;

    public static Task WriteAsync(HttpContext context, SignInForm form)
    {
        var html = new StringBuilder("<h1>Sign in</h1>\n")
            .Append($"<p><strong>{Encode(form.Client)}</strong> asks to act for you.</p>\n");
        if (form.Warning is not null)
            html.Append($"<p>{Encode(form.Warning)}</p>\n");
        if (form.Problem is not null)
            html.Append($"<p role=\"alert\" class=\"problem\" id=\"problem\">{Encode(form.Problem)}</p>\n");
        html.Append("<form method=\"post\">\n");
        foreach (var (name, value) in form.Hidden)
            html.Append($"<input type=\"hidden\" name=\"{Encode(name)}\" value=\"{Encode(value)}\">\n");
        html.Append($"<label for=\"name\">User name</label>\n<input id=\"name\" name=\"{SignInPage.NameField}\" value=\"{Encode(form.Name ?? "")}\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required{Focus(form.Name is null)}>\n")
            .Append($"<label for=\"password\">Password</label>\n<input id=\"password\" name=\"{SignInPage.PasswordField}\" type=\"password\" autocomplete=\"current-password\" required{Focus(form.Name is not null)}{Described(form)}>\n")
            .Append("<button type=\"submit\">Sign in</button>\n");
        if (form.CanDeny)
            html.Append($"<button type=\"submit\" name=\"{DeviceLoginPage.DenyField}\" value=\"1\" class=\"second\">I did not start this</button>\n");
        html.Append("</form>\n");
        return HtmlPage.WriteAsync(context, "Sign in", html.ToString(), form.RedirectsTo);
    }

    private static string Focus(bool here) => here ? " autofocus" : "";

    private static string Described(SignInForm form) => form.Problem is null ? "" : " aria-describedby=\"problem\"";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
