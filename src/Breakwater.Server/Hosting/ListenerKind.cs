namespace Breakwater.Server.Hosting;

/// <summary>Which door a request came in by. It is a fact of the connection; no header can change it.</summary>
internal enum ListenerKind
{
    /// <summary>The registry, over HTTP or HTTPS.</summary>
    Public,

    /// <summary>The registry too, on an address that only a private network reaches.</summary>
    Private,

    /// <summary>Health and metrics.</summary>
    Operations,

    /// <summary>The program's own subcommands, over a socket in the data directory.</summary>
    Control,
}
