using Breakwater.Cli.Options;

namespace Breakwater.Cli.Commands.Services;

/// <summary>A service principal, by any of its names.</summary>
internal static class ServiceSubject
{
    public static Subject Create() => new("SERVICE", "Its application id, object id or name.", "--id");
}
