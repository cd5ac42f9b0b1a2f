namespace Breakwater.Cli.Output;

internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>Everything that the server said.</summary>
    Json,

    /// <summary>Values between tabs, without a head.</summary>
    Tsv,
}
