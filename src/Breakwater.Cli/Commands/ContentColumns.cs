using Breakwater.Cli.Output;

namespace Breakwater.Cli.Commands;

/// <summary>What tables show of content.</summary>
internal static class ContentColumns
{
    public static Column[] Repository { get; } =
    [
        new("Repository", "imageName"), new("Tags", "tagCount"), new("Manifests", "manifestCount"), new("Created", "createdTime", Cells.Time), new("Changed", "lastUpdateTime", Cells.Time),
        new("Locked against", "changeableAttributes", Cells.Locks),
    ];

    public static Column[] Tag { get; } =
    [
        new("Tag", "name"), new("Digest", "digest"), new("Created", "createdTime", Cells.Time), new("Changed", "lastUpdateTime", Cells.Time), new("Locked against", "changeableAttributes", Cells.Locks),
    ];

    public static Column[] Tags { get; } = [new("Tag", "name"), new("Digest", "digest", Cells.Digest), new("Changed", "lastUpdateTime", Cells.Time), new("Locked", "changeableAttributes", Cells.Locks)];

    public static Column[] Manifest { get; } =
    [
        new("Digest", "digest"), new("Tags", "tags"), new("Size", "imageSize", Cells.Size), new("Media type", "mediaType"), new("Operating system", "os"), new("Architecture", "architecture"),
        new("Created", "createdTime", Cells.Time), new("Changed", "lastUpdateTime", Cells.Time), new("Locked against", "changeableAttributes", Cells.Locks),
    ];

    public static Column[] Manifests { get; } =
    [
        new("Digest", "digest", Cells.Digest), new("Tags", "tags"), new("Size", "imageSize", Cells.Size), new("Platform", "", Cells.Platform), new("Changed", "lastUpdateTime", Cells.Time),
    ];
}
