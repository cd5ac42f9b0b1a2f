using System.Net;
using System.Text;
using Breakwater.Core.Identity;

namespace Breakwater.Core.Events;

/// <summary>The address of a receiver. What stands before its <c>@</c> is sent as Basic credentials.</summary>
internal static class ServiceUri
{
    private const int MaxLength = 2048;

    /// <exception cref="InvalidValueException">It cannot be called; the message does not repeat it.</exception>
    public static Uri Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0 || uri.Fragment.Length > 0)
            throw new InvalidValueException($"serviceUri must be an http or https address of at most {MaxLength} characters without a fragment.");
        return uri;
    }

    public static Uri WithoutCredentials(Uri uri) => new UriBuilder(uri) { UserName = "", Password = "" }.Uri;

    /// <summary>The value of <c>Authorization</c>; null: it has no credentials.</summary>
    public static string? Authorization(Uri uri)
    {
        if (uri.UserInfo.Length == 0)
            return null;
        var text = WebUtility.UrlDecode(uri.UserInfo.Replace("+", "%2B", StringComparison.Ordinal));
        return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Contains(':') ? text : text + ":"));
    }

    /// <summary>All that is shown of it: paths and queries of such addresses are often secrets.</summary>
    public static string Origin(Uri uri) => $"{uri.Scheme}://{uri.Authority}/";
}
