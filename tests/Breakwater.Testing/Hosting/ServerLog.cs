using System.Text;

namespace Breakwater.Testing.Hosting;

/// <summary>What a server wrote, bounded, for the message of a failed test.</summary>
internal sealed class ServerLog
{
    private const int LimitChars = 64 * 1024;
    private readonly StringBuilder text = new();

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (text)
        {
            text.AppendLine(line);
            if (text.Length > LimitChars)
                text.Remove(0, text.Length - LimitChars);
        }
    }

    public override string ToString()
    {
        lock (text)
            return text.ToString();
    }
}
