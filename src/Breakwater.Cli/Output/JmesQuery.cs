using System.Text.Json.Nodes;
using Breakwater.Client.Errors;
using DevLab.JmesPath;

namespace Breakwater.Cli.Output;

/// <summary>A question to an answer, in JMESPath. https://jmespath.org</summary>
internal sealed class JmesQuery
{
    private readonly string text;

    private JmesQuery(string text) => this.text = text;

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public static JmesQuery Parse(string text)
    {
        try
        {
            new JmesPath().Parse(text);
            return new JmesQuery(text);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The library's parser throws types of several kinds, none of them public.
            throw Invalid(e);
        }
    }

    /// <exception cref="BreakwaterException"><see cref="ErrorKind.Invalid"/></exception>
    public JsonNode? Ask(JsonNode? data)
    {
        try
        {
            return JsonNode.Parse(new JmesPath().Transform(data?.ToJsonString() ?? "null", text));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Invalid(e);
        }
    }

    private static BreakwaterException Invalid(Exception e) => new(ErrorKind.Invalid, $"--query is no JMESPath that fits: {e.Message.ReplaceLineEndings(" ")}", "https://jmespath.org shows how it is written.", e);
}
