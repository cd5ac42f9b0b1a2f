using Breakwater.Cli.Profiles;
using Breakwater.Cli.Running;
using Breakwater.Client.Transport;

namespace Breakwater.Cli.Commands.DockerCredentials;

/// <summary>Which sign-in is for the registry that docker names: the profile in use first, then the others.</summary>
internal static class HelperProfile
{
    /// <summary>The user name that comes with a registry's refresh token as the password.</summary>
    public const string TokenUser = "00000000-0000-0000-0000-000000000000";

    /// <returns>Null when nobody has signed in there.</returns>
    public static (string Name, Profile Profile)? Find(Invocation call, string server)
    {
        var host = HostOf(server);
        var found = call.Profiles.All().Where(pair => ServerAddress.TryParse(pair.Profile.Endpoint, out var address) && address.Authority.Equals(host, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0 ? null : found.OrderByDescending(pair => pair.Name == call.ProfileName).First();
    }

    // docker names servers with or without a scheme, and may add a path.
    private static string HostOf(string server)
    {
        var text = server.Trim();
        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var uri) ? uri.Authority : text;
    }
}
