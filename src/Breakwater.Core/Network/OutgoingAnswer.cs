namespace Breakwater.Core.Network;

/// <summary>What came of a POST.</summary>
/// <param name="Content">Its beginning, as UTF-8; without an answer, what went wrong.</param>
internal sealed record OutgoingAnswer(int Status, string Reason, string Version, IReadOnlyDictionary<string, string> Headers, string Content)
{
    /// <summary>There was more of the content than was read.</summary>
    public bool IsCut { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>There was no answer; told as a gateway would tell it.</summary>
    public static OutgoingAnswer None(int status, string reason, string problem) => new(status, reason, "1.1", new Dictionary<string, string>(), problem);
}
