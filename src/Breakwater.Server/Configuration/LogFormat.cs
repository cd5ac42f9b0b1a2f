namespace Breakwater.Server.Configuration;

/// <summary>The form of a log line on the console.</summary>
internal enum LogFormat
{
    /// <summary>One line for a person to read.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
