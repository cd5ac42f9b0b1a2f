using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary>What tables show of the exchange of a root key.</summary>
internal static class RootKeyColumns
{
    public static Column[] All { get; } =
    [
        new("State", "state"), new("Epoch", "epoch"), new("Started", "startTime", Cells.Time), new("Ended", "endTime", Cells.Time), new("Done", "doneItems"), new("Of", "totalItems"),
        new("Bytes", "doneBytes", Cells.Size), new("Of", "totalBytes", Cells.Size), new("Unreadable", "unreadableItems"), new("Uploads in use", "uploadsInUse"),
    ];
}
