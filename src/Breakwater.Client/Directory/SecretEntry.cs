using Breakwater.Client.Transport;

namespace Breakwater.Client.Directory;

/// <summary>A secret of a service principal. https://learn.microsoft.com/graph/api/resources/passwordcredential</summary>
public sealed record SecretEntry : OpenRecord
{
    public string KeyId { get; init; } = "";

    public string? DisplayName { get; init; }

    /// <summary>How it begins.</summary>
    public string? Hint { get; init; }

    public DateTimeOffset? EndDateTime { get; init; }

    /// <summary>Only in the answer that made it.</summary>
    public string? SecretText { get; init; }
}
