using System.Text;
using System.Text.RegularExpressions;
using Breakwater.Oci;

namespace Breakwater.Fuzz.Targets;

/// <summary>Cutting a path into name and tail, beside an expression that reads it from the right.</summary>
internal static partial class PathTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var raw = Encoding.Latin1.GetString(input);
        var result = RepositoryPathSplitter.Split(raw);
        OracleException.Require(result.Path is not null == (result.Kind == PathSplitKind.Ok), "A path comes with Ok and with nothing else.");
        OracleException.Require(result.Kind == KindOf(raw, out var name, out var tail), $"It is {result.Kind}.");
        if (result.Path is not { } path)
            return;
        OracleException.Require((path.Repository.Value, path.Tail) == (name, tail), $"It was cut into {path.Repository} and {path.Tail}.");
        var whole = $"{(path.Api == PathApi.Distribution ? "/v2/" : path.Api == PathApi.AcrDataPlane ? "/acr/v1/" : "/acr/v1/_deleted/")}{name}{(tail.Length == 0 ? "" : "/")}{tail}";
        OracleException.Require(RepositoryPathSplitter.Split(whole) == result, "Put together it is cut in the same way.");
    }

    private static PathSplitKind KindOf(string raw, out string name, out string tail)
    {
        (name, tail) = ("", "");
        var isAcr = raw.StartsWith("/acr/v1/", StringComparison.Ordinal);
        if (!isAcr && !raw.StartsWith("/v2/", StringComparison.Ordinal))
            return PathSplitKind.NotRepository;
        var isDeleted = raw.StartsWith("/acr/v1/_deleted/", StringComparison.Ordinal);
        var rest = raw[(isDeleted ? "/acr/v1/_deleted/" : isAcr ? "/acr/v1/" : "/v2/").Length..];
        if (BadPercent().IsMatch(rest))
            return PathSplitKind.Malformed;
        rest = Encoded().Replace(rest, match => match.Value is "%2F" or "%2f" ? "/" : ":");
        if (rest.StartsWith('~'))
            return PathSplitKind.NameInvalid;
        // A tag may be called "_tags" too, so items come first.
        var cut = isAcr ? AcrItem().Match(rest) : Form().Match(rest);
        if (isAcr && !cut.Success)
            cut = AcrForm().Match(rest);
        if (!cut.Success)
            return PathSplitKind.NotRepository;
        (name, tail) = (cut.Groups["name"].Value, cut.Groups["tail"].Value);
        if (isAcr && (name.StartsWith('_') || name.Contains("/_", StringComparison.Ordinal)))
            return PathSplitKind.NotRepository;
        return name.Length <= 255 && Name().IsMatch(name) ? PathSplitKind.Ok : PathSplitKind.NameInvalid;
    }

    [GeneratedRegex("%(?!2[Ff]|3[Aa])", RegexOptions.CultureInvariant)]
    private static partial Regex BadPercent();

    [GeneratedRegex("%2[Ff]|%3[Aa]", RegexOptions.CultureInvariant)]
    private static partial Regex Encoded();

    [GeneratedRegex(@"^(?<name>.*)/(?<tail>blobs/uploads/[^/]*|(manifests|blobs|referrers)/[^/]+|tags/list)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?<name>.*)/(?<tail>_(tags|manifests)/[^/]+)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex AcrItem();

    [GeneratedRegex(@"^((?<name>.*)/(?<tail>_(tags|manifests))|(?<name>.+))\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex AcrForm();

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
