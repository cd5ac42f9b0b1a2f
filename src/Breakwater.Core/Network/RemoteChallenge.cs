using System.Collections.Immutable;
using System.Net.Http.Headers;

namespace Breakwater.Core.Network;

/// <summary>How a registry asks to be signed in to: <c>Basic</c>, or <c>Bearer</c> with the address of a token service (RFC 6750, distribution's token specification).</summary>
internal sealed record RemoteChallenge(bool IsBasic, Uri? Realm, string? Service)
{
    /// <summary>Null when it asks for neither.</summary>
    public static RemoteChallenge? Of(HttpResponseHeaders headers)
    {
        RemoteChallenge? found = null;
        foreach (var challenge in headers.WwwAuthenticate)
        {
            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                return Bearer(challenge.Parameter ?? "");
            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
                found = new RemoteChallenge(IsBasic: true, null, null);
        }
        return found;
    }

    private static RemoteChallenge Bearer(string text)
    {
        var parameters = Parameters(text);
        var isAddress = Uri.TryCreate(parameters.GetValueOrDefault("realm"), UriKind.Absolute, out var realm);
        return new RemoteChallenge(IsBasic: false, isAddress ? realm : null, parameters.GetValueOrDefault("service"));
    }

    // name="value" or name=value, separated by commas; a comma may stand within quotes.
    private static ImmutableDictionary<string, string> Parameters(string text)
    {
        var found = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < text.Length;)
        {
            var equals = text.IndexOf('=', at);
            if (equals < 0)
                break;
            var name = text[at..equals].Trim(' ', ',');
            var quoted = equals + 1 < text.Length && text[equals + 1] == '"';
            var start = quoted ? equals + 2 : equals + 1;
            var end = text.IndexOf(quoted ? '"' : ',', start);
            end = end < 0 ? text.Length : end;
            found = found.SetItem(name, text[start..end]);
            at = end + 1;
        }
        return found;
    }
}
